import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from '../errors.js';
import type { Plan } from '../plan/index.js';
import { planOf, requireManifest } from './manifest.js';
import { knowsLeaders } from './metrics.js';
import { startNode, stopNode } from './node-control.js';
import { networkStatus, type NodeStatus } from './status.js';

const PATIENCE = { restarts: 3, eachMs: 20_000, pollMs: 250 } as const;

/**
 * Stops a node, starts it again, and waits until it has every block that others here have, and an ordering node also
 * until it knows who leads: the next restart would else take the quorum away.
 *
 * A node that is not in step after 20 s is restarted again, at most twice: an ordering node of Raft may hang for ever
 * while it takes up its log, in Fabric 2.5.0 and main of 2023-04-05 (hyperledger/fabric#4199).
 * @throws NetworkError NODE_FAILED when it is not in step then
 */
export async function restartNode(home: string, name: string): Promise<void> {
  const restart = async () => {
    await stopNode(home, name);
    await startNode(home, name);
  };
  const plan = planOf(await requireManifest(home), home);
  const inStep = async () => isInStep(plan, await networkStatus(home), name);
  if (await restartUntil(inStep, restart)) return;
  const { restarts, eachMs } = PATIENCE;
  const seconds = eachMs / 1000;
  throw new NetworkError(
    'NODE_FAILED',
    `${name} was restarted ${restarts} times and was not in step within ${seconds} s of any`,
  );
}

/**
 * Restarts something until it is in step.
 * @param patience how many restarts, and how long each is waited for and how often it is looked at, milliseconds
 * @returns whether it is
 */
export async function restartUntil(
  inStep: () => Promise<boolean>,
  restart: () => Promise<void>,
  patience: { readonly [name in keyof typeof PATIENCE]: number } = PATIENCE,
): Promise<boolean> {
  for (let count = 0; count < patience.restarts; count += 1) {
    await restart();
    const deadline = performance.now() + patience.eachMs;
    while (performance.now() < deadline) {
      if (await inStep()) return true;
      await sleep(patience.pollMs);
    }
  }
  return false;
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
