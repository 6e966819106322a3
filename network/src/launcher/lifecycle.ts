import { z } from 'zod';
import type { Fabric } from '../binaries/index.js';
import { endorsementPolicy } from '../config/index.js';
import { NetworkError } from '../errors.js';
import type { ChannelPlan, PeerPlan, Plan } from '../plan/index.js';
import type { CommandOutput } from '../processes/index.js';
import { softwareOf, type ChannelSoftware, type Software } from './nodes.js';
import { sendToOrderer, type Sending } from './ordering.js';
import { peerCommand } from './peer-command.js';

const LIFECYCLE = ['lifecycle', 'chaincode'];

/** A chaincode on a channel, as one member sees it who has a peer there. */
export interface Definition {
  readonly plan: Plan;
  readonly software: Software;
  readonly channel: ChannelPlan;
  readonly peer: PeerPlan;
  /** of the definition; the one that the network was left with when left out */
  readonly sequence?: number;
}

/** Installs the package on a peer; installing it again changes nothing. */
export async function install(task: Definition): Promise<void> {
  const file = task.channel.files.code(softwareFor(task).sequence).package;
  await run(task, [...LIFECYCLE, 'install', file], /already successfully installed/);
}

/**
 * Whether the peer knows this definition, or a later one, to be committed; one that has not come to the block yet in
 * which its member was admitted knows neither.
 */
export async function isCommitted(task: Definition): Promise<boolean> {
  return (await committedSequence(task)) >= softwareFor(task).sequence;
}

/** Whether this definition is committed and no later one. */
export async function isCurrent(task: Definition): Promise<boolean> {
  return (await committedSequence(task)) === softwareFor(task).sequence;
}

/** Which definition of the chaincode a channel runs. */
export interface CommittedDefinition {
  readonly sequence: number;
  readonly version: string;
}

/**
 * Asks a channel's peers what it runs, since one's own may have been away: the latest that one of them knows.
 * @param own the peer whose administrator asks, and whose answer is needed
 * @returns undefined when nothing is committed
 * @throws NetworkError COMMAND_FAILED
 */
export async function latestDefinition(
  fabric: Fabric,
  plan: Plan,
  channel: ChannelPlan,
  own: PeerPlan,
): Promise<CommittedDefinition | undefined> {
  const asked = channel.peers.map(async (peer) => {
    try {
      return await committedDefinition(fabric, plan, channel, own, peer);
    } catch (error) {
      if (peer !== own && error instanceof NetworkError) return undefined;
      throw error;
    }
  });
  const known = (await Promise.all(asked)).flatMap((each) => each ?? []);
  return known.sort((a, b) => b.sequence - a.sequence)[0];
}

async function committedDefinition(
  fabric: Fabric,
  plan: Plan,
  channel: ChannelPlan,
  own: PeerPlan,
  { host, ports, shared }: PeerPlan,
): Promise<CommittedDefinition | undefined> {
  const which = ['--channelID', channel.name, '--name', plan.profile.chaincode.name];
  const at = [
    '--peerAddresses',
    `${host}:${ports.client}`,
    '--tlsRootCertFiles',
    shared.tlsAuthority,
  ];
  const args = [...LIFECYCLE, 'querycommitted', ...which, ...at];
  const { said } = await peerCommand(fabric, own, args, /is not defined|creator org unknown/);
  const [, version, sequence] = /Version: (\S+), Sequence: (\d+)/.exec(said) ?? [];
  return version === undefined ? undefined : { version, sequence: Number(sequence) };
}

/** 0 when none is committed. */
async function committedSequence({ software, plan, channel, peer }: Definition): Promise<number> {
  const found = await committedDefinition(software.fabric, plan, channel, peer, peer);
  return found?.sequence ?? 0;
}

/**
 * Approves the definition for a peer's organisation, with this package, unless it has done so before.
 * @param refused is told whenever an ordering node did not take it
 * @throws NetworkError NODE_FAILED when no ordering node takes it; COMMAND_FAILED
 */
export async function approve(task: Definition, refused?: Sending['refused']): Promise<void> {
  const { channel, peer } = task;
  const { packageId } = softwareFor(task);
  const args = [...LIFECYCLE, 'approveformyorg', '--package-id', packageId, ...definition(task)];
  const send = async (orderer: readonly string[]) => {
    if (await hasApproved(task)) return;
    await run(task, [...args, ...orderer], /with unchanged content/);
  };
  await sendToOrderer({ what: `the approval of ${peer.name}`, channel, peer, send, refused });
}

async function hasApproved(task: Definition): Promise<boolean> {
  const { sequence, packageId } = softwareFor(task);
  return (await approvalOf(task, sequence)).includes(`"${packageId}"`);
}

/** Whether a peer's organisation approved the definition that is committed, be it a later one than this. */
export async function hasApprovedCommitted(task: Definition): Promise<boolean> {
  const approval = await approvalOf(task, await committedSequence(task));
  return !approval.includes(NO_APPROVAL);
}

const NO_APPROVAL = 'could not fetch approved chaincode definition';

async function approvalOf(task: Definition, sequence: number): Promise<string> {
  const which = [...names(task), '--sequence', String(sequence), '--output', 'json'];
  const args = [...LIFECYCLE, 'queryapproved', ...which];
  return (await run(task, args, new RegExp(NO_APPROVAL))).said;
}

const readinessSchema = z.object({ approvals: z.record(z.string(), z.boolean()) });

/** The organisations with a peer that have not approved the definition. */
export async function notApproved(task: Definition): Promise<string[]> {
  const args = [...LIFECYCLE, 'checkcommitreadiness', ...definition(task), '--output', 'json'];
  const { answer } = await run(task, args);
  const { approvals } = readinessSchema.parse(JSON.parse(answer));
  const organisations = task.channel.endorsers.map(({ member }) => member.mspId);
  return organisations.filter((mspId) => approvals[mspId] !== true);
}

/**
 * Commits the definition that the organisations approved, with an endorsement of every peer.
 * @param without MSP ids of those that did not approve, whose peers would not endorse
 * @param refused is told whenever an ordering node did not take it
 * @throws NetworkError NODE_FAILED when no ordering node takes it; COMMAND_FAILED
 */
export async function commit(
  task: Definition,
  without: readonly string[] = [],
  refused?: Sending['refused'],
): Promise<void> {
  const { channel, peer } = task;
  const approving = channel.endorsers.filter(({ member }) => !without.includes(member.mspId));
  const endorsers = approving.flatMap(({ host, ports, shared }) => [
    ...['--peerAddresses', `${host}:${ports.client}`],
    ...['--tlsRootCertFiles', shared.tlsAuthority],
  ]);
  const args = [...LIFECYCLE, 'commit', ...definition(task), ...endorsers];
  const send = async (orderer: readonly string[]) => {
    await run(task, [...args, ...orderer], /but new definition must be sequence/);
  };
  await sendToOrderer({ what: 'the commit of the chaincode', channel, peer, send, refused });
}

/** Asks the contracts on one peer for their metadata, which shows that chaincode answers there. */
export async function answers(task: Definition): Promise<boolean> {
  const call = JSON.stringify({ Args: ['org.hyperledger.fabric:GetMetadata'] });
  try {
    await run(task, ['chaincode', 'query', ...names(task), '--ctor', call]);
    return true;
  } catch (error) {
    if (error instanceof NetworkError && error.code === 'COMMAND_FAILED') return false;
    throw error;
  }
}

async function run(
  task: Definition,
  args: readonly string[],
  accept?: RegExp,
): Promise<CommandOutput> {
  return peerCommand(task.software.fabric, task.peer, args, accept);
}

function softwareFor({ software, channel, sequence }: Definition): ChannelSoftware {
  return softwareOf(software, channel.name, sequence);
}

function names({ plan, channel }: Definition): string[] {
  return ['--channelID', channel.name, '--name', plan.profile.chaincode.name];
}

function definition(task: Definition): string[] {
  const { version, sequence } = softwareFor(task);
  return [
    ...names(task),
    ...['--version', version, '--sequence', String(sequence)],
    ...['--signature-policy', endorsementPolicy(task.channel)],
  ];
}
