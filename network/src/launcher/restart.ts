import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from '../errors.js';
import type { Plan } from '../plan/index.js';
import { planOf, requireManifest } from './manifest.js';
import { knowsLeaders } from './metrics.js';
import { startNode, stopNode } from './node-control.js';
import { networkStatus, type NodeStatus } from './status.js';

const POLL_MS = 250;
const LONGEST_WAIT_MS = 60_000;

/**
 * Stops a node, starts it again, and waits until it has every block that others here have, and an ordering node also
 * until it knows who leads: the next restart would else take the quorum away.
 * @throws NetworkError NODE_FAILED when it is not in step after a minute
 */
export async function restartNode(home: string, name: string): Promise<void> {
  await stopNode(home, name);
  await startNode(home, name);
  const plan = planOf(await requireManifest(home), home);
  const deadline = performance.now() + LONGEST_WAIT_MS;
  while (!(await isInStep(plan, await networkStatus(home), name))) {
    if (performance.now() > deadline) {
      throw new NetworkError('NODE_FAILED', `${name} is not in step a minute after its restart`);
    }
    await sleep(POLL_MS);
  }
}

async function isInStep(plan: Plan, nodes: readonly NodeStatus[], name: string): Promise<boolean> {
  const own = nodes.find((node) => node.name === name)?.channels ?? [];
  const hasBlocks = own.every(({ name: channel, height }) => {
    const others = nodes.flatMap((node) =>
      node.channels.filter((each) => each.name === channel).map((each) => each.height ?? 0),
    );
    return height !== undefined && height >= Math.max(...others);
  });
  const orderer = plan.orderers.find((each) => each.name === name);
  return hasBlocks && (orderer === undefined || (await knowsLeaders(plan, orderer)));
}
