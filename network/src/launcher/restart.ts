import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from '../errors.js';
import type { Plan } from '../plan/index.js';
import { LONGEST_WAIT_MS } from '../processes/index.js';
import { planOf, requireManifest } from './manifest.js';
import { knowsLeaders } from './metrics.js';
import { startNode, stopNode } from './node-control.js';
import { networkStatus, type NodeStatus } from './status.js';

const POLL_MS = 250;

/**
 * Stops a node, starts it again, and waits until it has every block that others here have, and an ordering node also
 * until it knows who leads: the next restart would else take the quorum away.
 * @throws NetworkError NODE_FAILED when it takes too long
 */
export async function restartNode(home: string, name: string): Promise<void> {
  await stopNode(home, name);
  await startNode(home, name);
  const plan = planOf(await requireManifest(home), home);
  const deadline = performance.now() + LONGEST_WAIT_MS;
  while (!(await isInStep(plan, await networkStatus(home), name))) {
    if (performance.now() > deadline) {
      const why = `${name} is not in step ${LONGEST_WAIT_MS / 1000} s after its restart`;
      throw new NetworkError('NODE_FAILED', why);
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
