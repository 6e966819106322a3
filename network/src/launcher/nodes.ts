import { join } from 'node:path';
import {
  authorityOf,
  authorityProcess,
  memberCertificates,
  prepareAuthority,
} from '../authority/index.js';
import type { Fabric } from '../binaries/index.js';
import { chaincodeProcess, writeBuilder, writeService, type ChaincodeCode } from '../code/index.js';
import { coreConfig, nodeEnvironment, ordererConfig } from '../config/index.js';
import type { ChaincodePlan, MemberPlan, OrdererPlan, PeerPlan, Plan } from '../plan/index.js';
import type { ProcessSpec } from '../processes/index.js';
import type { Supervised } from '../supervisor/index.js';
import { writeJson } from './json.js';
import { keptChaincodes } from './kept-code.js';

/** What the nodes of a network run. */
export interface Software {
  readonly fabric: Fabric;
  readonly fabricCa: Fabric;
  /** by channel: what is committed, and behind it what the channel is upgraded to */
  readonly channels: ReadonlyMap<string, readonly ChannelSoftware[]>;
}

/** The chaincode of one of a channel's definitions. */
export interface ChannelSoftware {
  readonly version: string;
  readonly sequence: number;
  readonly code: ChaincodeCode;
  readonly packageId: string;
}

/**
 * The chaincode of a channel.
 * @param sequence of its definition; the committed one when left out
 * @throws Error when the network has no such channel or definition
 */
export function softwareOf(
  { channels }: Software,
  channel: string,
  sequence?: number,
): ChannelSoftware {
  const found = channels
    .get(channel)
    ?.find((each) => sequence === undefined || each.sequence === sequence);
  if (found !== undefined) return found;
  throw new Error(`expected a definition of a channel, found ${channel} ${sequence ?? ''}`);
}

/** Writes the configuration of a member's nodes; it follows from the plan and the software alone. */
export async function writeNodeConfigs(
  plan: Plan,
  member: MemberPlan,
  software: Software,
): Promise<void> {
  const { orderer, peer } = member;
  await writeAuthorityConfig(member, software);
  if (orderer !== undefined) {
    const file = join(orderer.files.config(orderer.name), 'orderer.yaml');
    await writeJson(file, ordererConfig(plan, orderer));
  }
  if (peer === undefined) return;
  const config = coreConfig(plan, peer, software.fabric.version);
  await writeJson(join(peer.files.config(peer.name), 'core.yaml'), config);
  await writeBuilder(peer);
  for (const each of peer.chaincodes) {
    await writeService(peer, each, softwareOf(software, each.channel, each.sequence).code);
  }
}

async function writeAuthorityConfig(member: MemberPlan, software: Software): Promise<void> {
  const authority = authorityOf(member, software.fabricCa);
  const identities = memberCertificates(authority, member).map(({ enrolment }) => enrolment);
  await prepareAuthority(authority, identities);
}

/** The processes of a member: its authorities, its ordering node, its peer, and chaincode beside the peer. */
export function memberProcesses(
  plan: Plan,
  member: MemberPlan,
  software: Software,
): Omit<Supervised, 'wanted'>[] {
  const { orderer, peer } = member;
  return [
    { spec: authorityProcess(authorityOf(member, software.fabricCa)) },
    ...(orderer === undefined ? [] : [{ spec: ordererProcess(orderer, software) }]),
    ...(peer === undefined ? [] : [{ spec: peerProcess(peer, software) }]),
    ...(peer === undefined
      ? []
      : keptChaincodes(peer).map((each) => contractsProcess(plan, peer, each, software))),
  ];
}

function ordererProcess({ name, files }: OrdererPlan, { fabric }: Software): ProcessSpec {
  return {
    name,
    command: join(fabric.binDir, 'orderer'),
    args: [],
    env: { ...nodeEnvironment('orderer'), FABRIC_CFG_PATH: files.config(name) },
    logFile: files.log(name),
  };
}

function peerProcess({ name, files }: PeerPlan, { fabric }: Software): ProcessSpec {
  return {
    name,
    command: join(fabric.binDir, 'peer'),
    args: ['node', 'start'],
    env: {
      ...nodeEnvironment('peer'),
      FABRIC_CFG_PATH: files.config(name),
      // the external builder's scripts need a shell's tools
      PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    },
    logFile: files.log(name),
  };
}

function contractsProcess(
  plan: Plan,
  peer: PeerPlan,
  chaincode: ChaincodePlan,
  software: Software,
): Omit<Supervised, 'wanted'> {
  const { channel, sequence } = chaincode;
  const shared = plan.files.shared.channel(channel);
  const { bundle, package: packageFile } = shared.code(sequence);
  const { packageId } = softwareOf(software, channel, sequence);
  const files = { packageId, bundleFile: bundle, rootFile: shared.root };
  const spec = chaincodeProcess(peer, chaincode, files);
  const { name, command: nodeProgram } = spec;
  return { spec, chaincode: { name, nodeProgram, packageFile, ...files } };
}
