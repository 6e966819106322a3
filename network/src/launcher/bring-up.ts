import { NetworkError } from '../errors.js';
import {
  OPERATIONS_HOST,
  type ChannelPlan,
  type MemberPlan,
  type OrdererPlan,
  type PeerPlan,
  type Plan,
} from '../plan/index.js';
import { joinOrderer, joinPeer } from './channel.js';
import {
  answers,
  approve,
  commit,
  hasApprovedCommitted,
  install,
  isCommitted,
  isCurrent,
  notApproved,
  type Definition,
} from './lifecycle.js';
import { knowsLeaders, readGauge } from './metrics.js';
import type { Software } from './nodes.js';
import type { Sending } from './ordering.js';
import { isListening, waitFor, type RunningNode } from './wait.js';
import { whenOrdered } from './when-ordered.js';

/** The running nodes by name, and what to do with them. */
export interface BringUp {
  readonly plan: Plan;
  /** whose nodes are brought up here */
  readonly members: readonly MemberPlan[];
  readonly software: Software;
  /** those that are to run, by name */
  readonly nodes: ReadonlyMap<string, RunningNode>;
  /** how long to wait for members on other hosts */
  readonly patienceMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly log: (line: string) => void;
}

/** Leads running nodes to channels on which the chaincode answers. Every step may have been done before. */
export async function bringUp(task: BringUp): Promise<void> {
  const orderers = orderersOf(task);
  const peers = peersOf(task);
  await Promise.all([
    ...orderers.map((orderer) => join(task, orderer)),
    joinPeers(task, peers).then(() => Promise.all(peers.map((peer) => installOn(task, peer)))),
  ]);
  task.log(`${orderers.length} ordering nodes and ${peers.length} peers joined`);
  await Promise.all(
    orderers.map((orderer) =>
      wait(task, orderer.name, 'led', () => knowsLeaders(task.plan, orderer)),
    ),
  );
  task.signal?.throwIfAborted();
  await Promise.all(task.plan.channels.map((channel) => agree(task, channel)));
}

const orderersOf = ({ members, nodes }: BringUp) =>
  members.flatMap(({ orderer }) => orderer ?? []).filter(({ name }) => nodes.has(name));
const peersOf = ({ members, nodes }: BringUp) =>
  members.flatMap(({ peer }) => peer ?? []).filter(({ name }) => nodes.has(name));

async function join(task: BringUp, orderer: OrdererPlan): Promise<void> {
  const { name, host, ports } = orderer;
  await wait(task, name, 'listening', () => isListening(host, ports.admin));
  for (const channel of task.plan.channels.filter(({ orderers }) => orderers.includes(orderer))) {
    await joinOrderer(task.software.fabric, orderer, channel);
  }
}

/** One after the other: two peers that greet each other at once hang up on each other, and try again after 5 s. */
async function joinPeers(task: BringUp, peers: readonly PeerPlan[]): Promise<void> {
  for (const peer of peers) {
    const { name, host, ports } = peer;
    await wait(task, name, 'listening', () => isListening(host, ports.client));
    for (const channel of channelsOf(task, peer)) {
      await joinPeer(task.software.fabric, peer, channel);
    }
  }
}

const channelsOf = ({ plan }: BringUp, peer: PeerPlan) =>
  plan.channels.filter(({ peers }) => peers.includes(peer));

async function installOn(task: BringUp, peer: PeerPlan): Promise<void> {
  const { plan, software } = task;
  const { host } = peer;
  for (const channel of channelsOf(task, peer)) await install({ plan, software, channel, peer });
  for (const each of peer.chaincodes.filter(({ name: node }) => task.nodes.has(node))) {
    await wait(task, each.name, 'listening', () => isListening(host, each.port));
  }
}

/** Approves the chaincode for those members whose peers are here; who has the first peer commits it. */
async function agree(task: BringUp, channel: ChannelPlan): Promise<void> {
  const { plan, software, log } = task;
  const here = peersOf(task).filter((peer) => channel.peers.includes(peer));
  const definitions = here.map((peer) => ({ plan, software, channel, peer }));
  const founding = definitions.filter(({ peer }) => channel.endorsers.includes(peer));
  const [first] = founding;
  if (first !== undefined && !(await isCommitted(first))) {
    await Promise.all(founding.map((each) => approveHere(task, each)));
    task.signal?.throwIfAborted();
    log(`${channel.name}: ${plan.profile.chaincode.name} approved by ${founding.length} members`);
    await commitOrWait(task, first);
    log(`${channel.name}: ${plan.profile.chaincode.name} is committed`);
  }
  for (const late of definitions.filter((each) => !founding.includes(each))) {
    await wait(task, late.peer.name, 'in step with the others', () => isCommitted(late));
    if (await isCurrent(late)) await approveHere(task, late);
  }
  const answering = await Promise.all(definitions.map((each) => waitForChaincode(task, each)));
  const count = answering.filter(Boolean).length;
  if (count > 0) log(`${channel.name}: ${plan.profile.chaincode.name} answers on ${count} peers`);
}

function approveHere(task: BringUp, definition: Definition): Promise<void> {
  const what = `the approval of ${definition.peer.name}`;
  return order(task, definition, what, (refused) => approve(definition, refused));
}

function order(
  task: BringUp,
  { channel, peer }: Definition,
  what: string,
  send: (refused: Sending['refused']) => Promise<void>,
): Promise<void> {
  const { signal, patienceMs, log } = task;
  const node = runningNode(task, peer.name);
  return whenOrdered({ what: `${channel.name}: ${what}`, node, send, patienceMs, signal, log });
}

async function commitOrWait(task: BringUp, first: Definition): Promise<void> {
  const { channel, peer } = first;
  const leads = channel.endorsers[0] === peer;
  let missing: string[] = [];
  const check = async () => {
    if (!leads) return isCommitted(first);
    missing = await notApproved(first);
    if (missing.length > 0) return false;
    await order(task, first, 'the commit of the chaincode', (refused) =>
      commit(first, [], refused),
    );
    return true;
  };
  try {
    await wait(task, peer.name, 'agreed with', check);
  } catch (error) {
    if (!(error instanceof NetworkError) || missing.length === 0) throw error;
    const who = missing.join(', ');
    throw new NetworkError('NODE_FAILED', `${channel.name}: not approved by ${who}`, {
      cause: error,
    });
  }
}

/**
 * A gateway finds endorsers when its peer has met the others and chaincode answers; that of a member whom the
 * others went on without is not waited for.
 * @returns whether it answers
 */
async function waitForChaincode(task: BringUp, definition: Definition): Promise<boolean> {
  const { channel, peer } = definition;
  const chaincode = peer.chaincodes.find(
    (each) => each.channel === channel.name && task.nodes.has(each.name),
  );
  const address = `${OPERATIONS_HOST}:${peer.ports.operations}`;
  const here = peersOf(task).filter((each) => channel.peers.includes(each)).length;
  const others = Math.max(here, channel.endorsements) - 1;
  if (chaincode === undefined) return false;
  const answersNow = () => answers(definition);
  const isLeftOut = async () => !(await hasApprovedCommitted(definition));
  await wait(task, chaincode.name, 'answering', async () => (await answersNow()) || isLeftOut());
  await wait(task, peer.name, 'in touch with the other peers', async () => {
    const known = await readGauge(address, 'gossip_membership_total_peers_known', channel.name);
    return known !== undefined && known >= others;
  });
  if (await answersNow()) return true;
  task.log(
    `${channel.name}: ${peer.member.mspId} has not approved what is committed; ${peer.name} endorses nothing until 'upgrade'`,
  );
  return false;
}

async function wait(
  task: BringUp,
  name: string,
  wanted: string,
  check: () => Promise<boolean>,
): Promise<void> {
  const { signal, patienceMs: longestMs } = task;
  await waitFor(runningNode(task, name), wanted, check, { signal, longestMs });
}

function runningNode({ nodes }: BringUp, name: string): RunningNode {
  const node = nodes.get(name);
  if (node === undefined) throw new Error(`expected ${name} among the running nodes`);
  return node;
}
