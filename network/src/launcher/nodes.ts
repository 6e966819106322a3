import { join } from 'node:path';
import type { Fabric } from '../binaries/index.js';
import { chaincodeProcess, writeBuilder, writeService, type ChaincodeCode } from '../code/index.js';
import { coreConfig, ordererConfig } from '../config/index.js';
import type { ChaincodePlan, MemberPlan, OrdererPlan, PeerPlan, Plan } from '../plan/index.js';
import type { ProcessSpec } from '../processes/index.js';
import { writeJson } from './json.js';

/** What the nodes of a network run. */
export interface Software {
  readonly fabric: Fabric;
  /** by channel */
  readonly channels: ReadonlyMap<string, ChannelSoftware>;
}

/** The chaincode of one channel. */
export interface ChannelSoftware {
  readonly version: string;
  readonly sequence: number;
  readonly code: ChaincodeCode;
  readonly packageId: string;
}

/** @throws Error when the channel is none of the network's */
export function softwareOf({ channels }: Software, channel: string): ChannelSoftware {
  const found = channels.get(channel);
  if (found === undefined) throw new Error(`expected a channel of the network, found ${channel}`);
  return found;
}

/** Writes the configuration of a member's nodes; it follows from the plan and the software alone. */
export async function writeNodeConfigs(
  plan: Plan,
  { orderer, peer }: MemberPlan,
  software: Software,
): Promise<void> {
  if (orderer !== undefined) {
    const file = join(orderer.files.config(orderer.name), 'orderer.yaml');
    await writeJson(file, ordererConfig(plan, orderer));
  }
  if (peer === undefined) return;
  const config = coreConfig(plan, peer, software.fabric.version);
  await writeJson(join(peer.files.config(peer.name), 'core.yaml'), config);
  await writeBuilder(peer);
  for (const each of peer.chaincodes) {
    await writeService(peer, each, softwareOf(software, each.channel).code);
  }
}

/** The processes of a member: its ordering node, its peer, and chaincode beside the peer. */
export function memberProcesses(
  plan: Plan,
  { orderer, peer }: MemberPlan,
  software: Software,
): ProcessSpec[] {
  return [
    ...(orderer === undefined ? [] : [ordererProcess(orderer, software)]),
    ...(peer === undefined ? [] : [peerProcess(peer, software)]),
    ...(peer?.chaincodes ?? []).flatMap((each) =>
      peer === undefined ? [] : [contractsProcess(plan, peer, each, software)],
    ),
  ];
}

function ordererProcess({ name, files }: OrdererPlan, { fabric }: Software): ProcessSpec {
  return {
    name,
    command: join(fabric.binDir, 'orderer'),
    args: [],
    env: { FABRIC_CFG_PATH: files.config(name) },
    logFile: files.log(name),
  };
}

function peerProcess({ name, files }: PeerPlan, { fabric }: Software): ProcessSpec {
  return {
    name,
    command: join(fabric.binDir, 'peer'),
    args: ['node', 'start'],
    // the external builder's scripts need a shell's tools
    env: { FABRIC_CFG_PATH: files.config(name), PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    logFile: files.log(name),
  };
}

function contractsProcess(
  plan: Plan,
  peer: PeerPlan,
  chaincode: ChaincodePlan,
  software: Software,
): ProcessSpec {
  const { bundle, root } = plan.files.shared.channel(chaincode.channel);
  const { packageId } = softwareOf(software, chaincode.channel);
  return chaincodeProcess(peer, chaincode, { packageId, bundleFile: bundle, rootFile: root });
}
