import { createChaincodeLink, hasChaincodeLink, writeService } from '../code/index.js';
import type { ChaincodePlan, ChannelPlan, PeerPlan } from '../plan/index.js';
import { requireFreePorts } from '../processes/index.js';
import { ensureSupervisor, SupervisedProcesses } from '../supervisor/index.js';
import { answers, isCommitted, type CommittedDefinition, type Definition } from './lifecycle.js';
import { stopSupervised } from './node-control.js';
import { memberProcesses, softwareOf } from './nodes.js';
import { isListening, waitFor, type RunningNode } from './wait.js';

/** A peer here, and its new chaincode process. */
export interface Upgrading extends Definition {
  readonly fresh: ChaincodePlan;
  readonly processes: SupervisedProcesses;
}

/**
 * Starts the new process beside the old one; the supervisor checks that it is what the package stands for. Where
 * the channel runs the new code already, the old process answers nobody: it ends first, since it may hold the
 * new one's port.
 * @param committed what the channel runs
 * @throws NetworkError PORT_TAKEN, NODE_FAILED
 */
export async function startFresh(
  home: string,
  here: readonly Upgrading[],
  committed: CommittedDefinition | undefined,
  signal?: AbortSignal,
): Promise<void> {
  const nodes = [];
  for (const { plan, peer, fresh, processes, channel, software } of here) {
    if (!hasChaincodeLink(peer, fresh)) await createChaincodeLink(peer, fresh);
    await writeService(peer, fresh, softwareOf(software, channel.name, fresh.sequence).code);
    const member = plan.members.find((each) => each.peer === peer);
    const wanted = (member ? memberProcesses(plan, member, software) : []).find(
      ({ spec }) => spec.name === fresh.name,
    );
    if (wanted === undefined) throw new Error(`expected ${fresh.name} among the processes`);
    const { host } = peer;
    if (processes.find(fresh.name) === undefined) {
      if (committed !== undefined && committed.sequence >= fresh.sequence) {
        for (const name of formerOf(channel, peer)) await stopSupervised(home, peer.files, name);
      }
      await requireFreePorts([{ host, port: fresh.port, purpose: fresh.name }]);
    }
    processes.write(wanted);
    nodes.push({ spec: wanted.spec, processes, listens: () => isListening(host, fresh.port) });
  }
  await ensureSupervisor(home);
  for (const node of nodes) await waitFor(node, 'listening', node.listens, { signal });
}

/** Waits until a peer that was away has the block in which its definition was committed, where it was. */
export async function waitForBlocks(
  each: Upgrading,
  committed: CommittedDefinition | undefined,
  signal?: AbortSignal,
): Promise<void> {
  if (committed === undefined || committed.sequence < each.fresh.sequence) return;
  const node = runningOf(each, each.peer.name);
  await waitFor(node, 'in step with the others', () => isCommitted(each), { signal });
}

/** Waits until the definition is committed and the peer answers with the new process. */
export async function waitForFresh(each: Upgrading, signal?: AbortSignal): Promise<void> {
  const answersNow = async () => (await isCommitted(each)) && (await answers(each));
  await waitFor(runningOf(each, each.fresh.name), 'answering', answersNow, { signal });
}

/** A process of the member that upgrades. */
export function runningOf({ processes }: Upgrading, name: string): RunningNode {
  const spec = processes.find(name)?.spec;
  if (spec === undefined) throw new Error(`expected ${name} among the processes`);
  return { spec, processes };
}

/** Ends the processes that a peer had before the new one. */
export async function endFormer(
  home: string,
  { channel, peer, processes }: Upgrading,
): Promise<void> {
  for (const name of formerOf(channel, peer)) {
    await stopSupervised(home, peer.files, name);
    processes.remove(name);
  }
}

/** Names of the processes that a peer has for a channel beside the latest of its plan. */
export function formerOf(channel: ChannelPlan, { chaincodes, files }: PeerPlan): string[] {
  const latest = chaincodes.filter((each) => each.channel === channel.name).at(-1);
  return new SupervisedProcesses(files)
    .all()
    .filter(({ chaincode }) => chaincode?.rootFile === channel.files.root)
    .map(({ spec }) => spec.name)
    .filter((name) => name !== latest?.name);
}
