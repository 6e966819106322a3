import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { packagedCode, type ChaincodeCode } from '../code/index.js';
import { NetworkError } from '../errors.js';
import type { CommandOutput } from '../processes/index.js';
import { oddOnes } from './majority.js';

/** A peer that its own administrator asks what is installed and approved there. */
export interface AskedPeer {
  readonly name: string;
  readonly mspId: string;
  /** runs Fabric's `peer` command as the administrator of this peer's organisation, against this peer */
  readonly run: (args: readonly string[], accept?: RegExp) => Promise<CommandOutput>;
}

/** What one member runs on a channel: told to its own administrator alone. */
export interface MemberCode {
  readonly mspId: string;
  readonly peer: string;
  /** package ids on the peer */
  readonly installed: readonly string[];
  /** the member's approval of the definition that is committed, if it gave one */
  readonly approved: Approval | undefined;
  /** what the approved package stands for, from the peer's own copy of it */
  readonly code: ChaincodeCode | undefined;
}

const approvalSchema = z.object({
  sequence: z.int(),
  version: z.string(),
  source: z.object({
    Type: z.object({ LocalPackage: z.object({ package_id: z.string() }).optional() }),
  }),
});

interface Approval {
  readonly sequence: number;
  readonly version: string;
  /** undefined when the member approved without a package of its own */
  readonly packageId: string | undefined;
}

const committedSchema = z.object({
  sequence: z.int(),
  version: z.string(),
  approvals: z.record(z.string(), z.boolean()),
});

/** The definition that is committed, told to every member: approvals say who approved it, not with which package. */
export type Committed = z.infer<typeof committedSchema>;

const installedSchema = z.object({
  installed_chaincodes: z.array(z.object({ package_id: z.string() })).default([]),
});

const LIFECYCLE = ['lifecycle', 'chaincode'];
const JSON_OUTPUT = ['--output', 'json'];

/** Asks any peer for the definition that is committed; undefined when none is. */
export async function committedDefinition(
  peer: AskedPeer,
  channel: string,
  chaincode: string,
): Promise<Committed | undefined> {
  const args = [...LIFECYCLE, 'querycommitted', ...names(channel, chaincode), ...JSON_OUTPUT];
  const { answer, said } = await peer.run(args, /is not defined/);
  if (said.includes('is not defined')) return undefined;
  return committedSchema.parse(JSON.parse(answer));
}

/** Asks a peer what its own member runs. */
export async function memberCode(
  peer: AskedPeer,
  channel: string,
  chaincode: string,
): Promise<MemberCode> {
  const { answer } = await peer.run([...LIFECYCLE, 'queryinstalled', ...JSON_OUTPUT]);
  const { installed_chaincodes: packages } = installedSchema.parse(JSON.parse(answer));
  const installed = packages.map((each) => each.package_id);
  const approved = await approvalOf(peer, channel, chaincode);
  const { packageId } = approved ?? {};
  const code =
    packageId !== undefined && installed.includes(packageId)
      ? await installedCode(peer, packageId)
      : undefined;
  return { mspId: peer.mspId, peer: peer.name, installed, approved, code };
}

/**
 * Names members that run other code than most, or none that they approved for what is committed.
 * @returns undefined when no code is run by more than half of them
 */
export function oddCode(members: readonly MemberCode[]): string[] | undefined {
  if (members.length === 0) return [];
  return oddOnes(
    new Map(members.map(({ mspId, approved, code }) => [mspId, JSON.stringify([approved, code])])),
  );
}

async function approvalOf(
  peer: AskedPeer,
  channel: string,
  chaincode: string,
): Promise<Approval | undefined> {
  const args = [...LIFECYCLE, 'queryapproved', ...names(channel, chaincode), ...JSON_OUTPUT];
  const { answer, said } = await peer.run(args, new RegExp(NO_APPROVAL));
  if (said.includes(NO_APPROVAL)) return undefined;
  const { sequence, version, source } = approvalSchema.parse(JSON.parse(answer));
  return { sequence, version, packageId: source.Type.LocalPackage?.package_id };
}

const NO_APPROVAL = 'could not fetch approved chaincode definition';

async function installedCode(peer: AskedPeer, packageId: string): Promise<ChaincodeCode> {
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-installed-'));
  try {
    const args = ['getinstalledpackage', '--package-id', packageId, '--output-directory', folder];
    await peer.run([...LIFECYCLE, ...args]);
    const [file] = await readdir(folder);
    if (file === undefined) {
      throw new NetworkError('FILE_MISSING', `${peer.name} handed over no package ${packageId}`);
    }
    return await packagedCode(await readFile(join(folder, file)), packageId);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function names(channel: string, chaincode: string): string[] {
  return ['--channelID', channel, '--name', chaincode];
}
