import { setTimeout as delay } from 'node:timers/promises';
import type { NodeStatus } from '@veinledger/network';
import type { Fault } from './fault.js';
import { type Sent, underSteadyLoad } from './steady-load.js';
import type { FaultStage } from './stage.js';

/** Commands are under way before and after, milliseconds. */
const LEAD_MS = 2_000;
const TAIL_MS = 3_000;
/** How long a gateway stays dead before it is started again; nodes have a supervisor. */
const DEAD_MS = 1_000;
/** How long a process stays frozen. */
const FROZEN_MS = 10_000;
/** A limit for what never comes: a machine that is busy takes minutes for what else takes seconds. */
const LONGEST_WAIT_MS = 900_000;
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
  let struckAt = 0;
  const sent = await underSteadyLoad(stage, async () => {
    await delay(LEAD_MS);
    const pids = await victimsOf(stage, fault);
    struckAt = performance.now();
    for (const pid of pids) process.kill(pid, fault.signal);
    await mend(stage, fault, pids);
    await delay(TAIL_MS);
  });
  await levelled(stage);
  return { sent, struckAt };
}

/** Waits until whom the fault is about is there: for a moment nobody may be seen to lead. */
async function victimsOf(stage: FaultStage, { victims }: Fault): Promise<readonly number[]> {
  if (victims === 'gateway') return [stage.gateway.pid];
  let pids: readonly number[] = [];
  await until(stage, 'somebody whom it is about', (nodes) => {
    const found = victims(nodes);
    pids = found.flatMap(({ pid }) => pid ?? []);
    return pids.length > 0 && pids.length === found.length;
  });
  return pids;
}

async function mend(stage: FaultStage, fault: Fault, pids: readonly number[]): Promise<void> {
  if (fault.signal === 'SIGSTOP') {
    await delay(FROZEN_MS);
    for (const pid of pids) process.kill(pid, 'SIGCONT');
    return;
  }
  if (fault.victims === 'gateway') {
    await delay(DEAD_MS);
    await stage.gateway.restart();
  }
  await until(stage, 'every node to run', areRunning);
}

/** Waits until every node runs, is led, and all of them hold the same number of blocks, twice in a row. */
async function levelled(stage: FaultStage): Promise<void> {
  let before: number | undefined;
  await until(stage, 'every node to hold the same blocks', (nodes) => {
    const height = areRunning(nodes) ? commonHeight(nodes) : undefined;
    const steady = height !== undefined && height === before;
    before = height;
    return steady;
  });
}

/** @throws Error telling what each node holds when it takes too long */
async function until(
  stage: FaultStage,
  wanted: string,
  is: (nodes: readonly NodeStatus[]) => boolean,
): Promise<void> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  for (;;) {
    const nodes = await stage.nodes();
    if (is(nodes)) return;
    if (performance.now() > deadline) {
      const found = nodes.map(({ name, state, height }) => `${name} ${state} ${height ?? ''}`);
      throw new Error(`expected ${wanted}, found ${found.join(', ')}`);
    }
    await delay(LOOK_MS);
  }
}

const isLedger = ({ kind }: NodeStatus) => kind === 'orderer' || kind === 'peer';

function areRunning(nodes: readonly NodeStatus[]): boolean {
  return nodes.every(({ kind, pid }) => kind === 'authority' || pid !== undefined);
}

/** The height that all nodes with blocks have; undefined when they differ, or nobody leads. */
function commonHeight(nodes: readonly NodeStatus[]): number | undefined {
  const heights = nodes.filter(isLedger).map(({ height }) => height);
  const led = nodes.some(({ leader }) => leader);
  return led && heights.every((each) => each === heights[0]) ? heights[0] : undefined;
}
