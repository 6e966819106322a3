import type { Fabric } from '../binaries/index.js';
import type { PeerPlan, Plan } from '../plan/index.js';
import { joinOrderer, joinPeer } from './channel.js';
import { answers, approve, commit, install, isCommitted } from './lifecycle.js';
import { readGauge } from './metrics.js';
import { isListening, waitFor, type RunningNode } from './wait.js';

/** The running nodes by name, and what to do with them. */
export interface BringUp {
  readonly plan: Plan;
  readonly fabric: Fabric;
  readonly packageId: string;
  readonly nodes: ReadonlyMap<string, RunningNode>;
  readonly signal?: AbortSignal | undefined;
  readonly log: (line: string) => void;
}

/** Leads running nodes to a channel on which the chaincode answers. Every step may have been done before. */
export async function bringUp(task: BringUp): Promise<void> {
  const { plan, fabric, packageId, log, signal } = task;
  const { host } = plan.profile;
  const listening = (name: string, port: number) =>
    wait(task, name, 'listening', () => isListening(host, port));
  await Promise.all([
    ...plan.orderers.map(async (orderer) => {
      await listening(orderer.name, orderer.ports.admin);
      await joinOrderer(plan, fabric, orderer);
    }),
    ...plan.peers.map(async (peer) => {
      await listening(peer.name, peer.ports.client);
      await joinPeer(plan, fabric, peer);
      await install(plan, fabric, peer);
    }),
    ...plan.peers.map((peer) => listening(peer.chaincodeName, peer.chaincodePort)),
  ]);
  log(
    `${plan.profile.channel}: ${plan.orderers.length} ordering nodes and ${plan.peers.length} peers joined`,
  );
  await waitForLeader(task);
  signal?.throwIfAborted();
  const [first] = plan.peers;
  if (first !== undefined && !(await isCommitted(plan, fabric, first))) {
    await Promise.all(plan.peers.map((peer) => approve(plan, fabric, peer, packageId)));
    signal?.throwIfAborted();
    await commit(plan, fabric);
    log(`${plan.profile.chaincode.name}: approved by ${plan.peers.length} members and committed`);
  }
  await Promise.all(plan.peers.map((peer) => waitForChaincode(task, peer)));
  log(`${plan.profile.chaincode.name}: answers on every peer`);
}

/** An ordering node refuses transactions until the consenters have a leader. */
async function waitForLeader(task: BringUp): Promise<void> {
  const { plan } = task;
  await Promise.all(
    plan.orderers.map((orderer) =>
      wait(task, orderer.name, 'led', async () => {
        const address = operations(plan, orderer.ports);
        const leader = await readGauge(address, 'consensus_BFT_leader_id', plan.profile.channel);
        return leader !== undefined && leader > 0;
      }),
    ),
  );
}

/** A gateway finds endorsers when its peer has met the others and chaincode answers. */
async function waitForChaincode(task: BringUp, peer: PeerPlan): Promise<void> {
  const { plan, fabric } = task;
  const { channel } = plan.profile;
  const address = operations(plan, peer.ports);
  await wait(task, peer.chaincodeName, 'answering', () => answers(plan, fabric, peer));
  await wait(task, peer.name, 'in touch with the other peers', async () => {
    const known = await readGauge(address, 'gossip_membership_total_peers_known', channel);
    return known === plan.peers.length - 1;
  });
}

function operations(plan: Plan, ports: { readonly operations: number }): string {
  return `${plan.profile.host}:${ports.operations}`;
}

async function wait(
  task: BringUp,
  name: string,
  wanted: string,
  check: () => Promise<boolean>,
): Promise<void> {
  const node = task.nodes.get(name);
  if (node === undefined) throw new Error(`expected ${name} among the running nodes`);
  await waitFor(node, wanted, check, task.signal);
}
