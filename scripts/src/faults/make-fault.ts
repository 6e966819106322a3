import { setTimeout as delay } from 'node:timers/promises';
import type { NodeStatus } from '@veinledger/network';
import type { Fault } from './fault.js';
import { type Sent, SteadyLoad } from './steady-load.js';
import type { FaultStage } from './stage.js';

/** Commands are under way before and after, milliseconds. */
const LEAD_MS = 2_000;
const TAIL_MS = 3_000;
/** How long a process stays dead before it is started again. */
const DEAD_MS = 2_000;
/** How long a process stays frozen. */
const FROZEN_MS = 10_000;
/** How long nodes may take until all hold the same blocks. */
const LEVEL_MS = 90_000;
const LOOK_MS = 250;

/** One time that a fault happened: what the clients saw, and when. */
export interface Happening {
  readonly sent: readonly Sent[];
  /** `performance.now()` when the signal was sent */
  readonly struckAt: number;
}

/** Makes a fault under load and mends it; returns when every node holds the same blocks. */
export async function makeFault(stage: FaultStage, fault: Fault): Promise<Happening> {
  await levelled(stage);
  const load = new SteadyLoad(stage);
  await delay(LEAD_MS);
  const pids = await victimsOf(stage, fault);
  const struckAt = performance.now();
  for (const pid of pids) process.kill(pid, fault.signal);
  await mend(stage, fault, pids);
  await delay(TAIL_MS);
  const sent = await load.end();
  await levelled(stage);
  return { sent, struckAt };
}

async function victimsOf(stage: FaultStage, fault: Fault): Promise<readonly number[]> {
  if (fault.victims === 'gateway') return [stage.gateway.pid];
  return fault.victims(await stage.nodes()).map(({ name, pid }) => {
    if (pid === undefined) throw new Error(`expected ${name} to run, found no process`);
    return pid;
  });
}

async function mend(stage: FaultStage, fault: Fault, pids: readonly number[]): Promise<void> {
  if (fault.signal === 'SIGSTOP') {
    await delay(FROZEN_MS);
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    return;
  }
  await delay(DEAD_MS);
  if (fault.victims === 'gateway') await stage.gateway.restart();
  else await stage.restart();
}

/**
 * Waits until every node runs and all of them hold the same number of blocks, twice in a row.
 * @throws Error telling what each node holds
 */
async function levelled(stage: FaultStage): Promise<void> {
  const until = performance.now() + LEVEL_MS;
  for (let before = -1; ;) {
    const now = await stage.nodes();
    const height = heightOf(now);
    if (height !== undefined && height === before) return;
    before = height ?? -1;
    if (performance.now() > until) {
      const found = now.map(
        ({ name, pid, height: own }) => `${name} ${pid ? (own ?? '') : 'down'}`,
      );
      throw new Error(`expected every node to hold the same blocks, found ${found.join(', ')}`);
    }
    await delay(LOOK_MS);
  }
}

/** The height that all nodes with blocks have; undefined when they differ, or one is down or not led. */
function heightOf(nodes: readonly NodeStatus[]): number | undefined {
  const heights = nodes.flatMap(({ name, height }) =>
    name.startsWith('chaincode') ? [] : [height],
  );
  const [first] = heights;
  const led = nodes.some(({ leader }) => leader);
  const running = nodes.every(({ pid }) => pid !== undefined);
  return led && running && heights.every((each) => each === first) ? first : undefined;
}
