import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Caller } from '../auth/caller.js';
import { clinician } from '../gateway.fixture.js';
import { notEntitled } from '../reads/caller-reader.js';
import { GatewayState } from '../state/gateway-state.js';
import type { Job } from './job.js';
import { JobQueue, OPEN_AT_ONCE, OPEN_PER_CALLER } from './job-queue.js';
import { type JobContext, jobKind } from './job-kind.js';

const nurse: Caller = { ...callerOf('hospital.nurse'), roles: ['nurse'] };
const auditor: Caller = { ...callerOf('regulator.auditor'), roles: ['auditor'] };

function callerOf(id: string): Caller {
  return { id, organisation: 'HospitalMSP', roles: ['nurse'], keys: clinician.keys.public };
}

let folder: string;
let state: GatewayState;
let queue: JobQueue;
/** whether callers' organisations are members */
let present: boolean;
/** the works under way, by what they count */
let works: Map<
  string,
  { readonly context: JobContext; finish(counted: number): void; fail(): void }
>;

/** Work that ends when a test says so. */
const counting = jobKind({
  name: 'count',
  summary: 'Counts things',
  unit: 'things',
  input: z.strictObject({ what: z.string() }),
  result: z.strictObject({ counted: z.int() }),
  authorise: ({ roles }) => {
    if (roles.includes('payer')) throw notEntitled('payers do not count', 'kind');
  },
  admit: () => (present ? Promise.resolve() : Promise.reject(new Error('only members'))),
  run: ({ what }, context) =>
    new Promise((done, failed) => {
      context.signal.addEventListener('abort', () => failed(new Error('stopped')));
      const finish = (counted: number) => done({ counted });
      works.set(what, {
        context,
        finish,
        fail: () => failed(new Error('patient-7 was in the way')),
      });
    }),
});

async function reopen(): Promise<void> {
  state = await GatewayState.open(folder);
  queue = await JobQueue.open([counting], state);
}

async function stop(): Promise<void> {
  await queue.close();
  await state.close();
}

beforeEach(async () => {
  works = new Map();
  present = true;
  folder = await mkdtemp(join(tmpdir(), 'veinledger-jobs-'));
  await reopen();
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

const count = (what: string, by = nurse) => queue.start(by, 'count', { what });

/** Waits until a work is under way. */
async function underway(what: string) {
  for (;;) {
    const work = works.get(what);
    if (work) return work;
    await delay(1);
  }
}

/** Waits until a job is in a state. */
async function until({ id }: Job, wanted: Job['state'], by = nurse): Promise<Job> {
  for (;;) {
    const now = queue.find(by, id);
    if (now.state === wanted) return now;
    await delay(1);
  }
}

describe('a job', () => {
  test('is done, and tells how far it has come and what came of it', async () => {
    const taken = await count('vials');
    const work = await underway('vials');
    expect(queue.find(nurse, taken.id)).toMatchObject({ state: 'running', kind: 'count' });
    work.context.report({ done: 2, total: 3 });
    expect(queue.find(nurse, taken.id).progress).toEqual({ done: 2, total: 3 });
    work.finish(3);
    const done = await until(taken, 'succeeded');
    expect(done).toMatchObject({ result: { counted: 3 }, progress: { done: 2, total: 3 } });
    expect(done.finishedAt).toBeDefined();
  });

  test('waits for those before it', async () => {
    const [first, second, third] = [
      await count('one'),
      await count('two'),
      await count('three', auditor),
    ];
    const one = await underway('one');
    expect(queue.find(nurse, second.id).state).toBe('queued');
    one.finish(1);
    (await underway('two')).finish(2);
    expect(queue.find(auditor, third.id).state).not.toBe('succeeded');
    (await underway('three')).finish(3);
    await until(third, 'succeeded', auditor);
    expect([...works.keys()]).toEqual(['one', 'two', 'three']);
    expect(queue.find(nurse, first.id).result).toEqual({ counted: 1 });
  });

  test('that fails says so by a code, and nothing of what only the log may hold', async () => {
    const taken = await count('vials');
    (await underway('vials')).fail();
    const failed = await until(taken, 'failed');
    expect(failed.fault?.code).toBe('INTERNAL_ERROR');
    expect(JSON.stringify(failed)).not.toContain('patient-7');
    const next = await count('doses');
    (await underway('doses')).finish(1);
    await until(next, 'succeeded');
  });

  test('whose result does not fit its schema fails', async () => {
    const taken = await count('vials');
    (await underway('vials')).finish(0.5);
    await until(taken, 'failed');
  });

  test('is cancelled while it runs or waits, and forgotten when it is finished', async () => {
    const [running, waiting] = [await count('one'), await count('two')];
    const { context } = await underway('one');
    await queue.cancel(nurse, waiting.id);
    await queue.cancel(nurse, running.id);
    expect(context.signal.aborted).toBe(true);
    expect(queue.list(nurse).map((each) => each.state)).toEqual(['cancelled', 'cancelled']);
    expect(works.has('two')).toBe(false);
    await queue.cancel(nurse, running.id);
    expect(queue.list(nurse).map(({ id }) => id)).toEqual([waiting.id]);
  });
});

describe('what came of a job', () => {
  test('is told to nobody in roles in which they may not have it done', async () => {
    const taken = await count('vials');
    (await underway('vials')).finish(3);
    await until(taken, 'succeeded');
    const narrowed: Caller = { ...nurse, roles: ['payer'] };
    expect(() => queue.find(narrowed, taken.id)).toThrow(/^NOT_ENTITLED: /u);
    expect(queue.list(narrowed)).toEqual([]);
    await expect(queue.cancel(narrowed, taken.id)).rejects.toThrow(/^NOT_ENTITLED: /u);
    expect(queue.list(nurse)).toHaveLength(1);
  });

  test('is nothing where the ledger does not let the caller’s member have it done', async () => {
    present = false;
    await expect(count('vials')).rejects.toThrow('only members');
    expect(queue.list(nurse)).toEqual([]);
  });
});

describe('after a restart', () => {
  test('a job that ran is interrupted, one that waited is done, one that was done is still known', async () => {
    const done = await count('zero');
    (await underway('zero')).finish(0);
    await until(done, 'succeeded');
    const [ran, waited] = [await count('one'), await count('two')];
    await underway('one');
    await stop();
    await reopen();
    expect(queue.find(nurse, done.id).result).toEqual({ counted: 0 });
    expect(queue.find(nurse, ran.id).state).toBe('interrupted');
    (await underway('two')).finish(2);
    await until(waited, 'succeeded');
  });

  test('of a process that was killed, a job that ran is interrupted', async () => {
    const ran = await count('one');
    await underway('one');
    const written = state.collection('jobs', (value) => value as Job);
    const asItStood = await written.get(ran.id);
    await stop();
    state = await GatewayState.open(folder);
    await state.collection('jobs', (value) => value as Job).put(ran.id, asItStood ?? ran);
    queue = await JobQueue.open([counting], state);
    expect(asItStood?.state).toBe('running');
    expect(queue.find(nurse, ran.id).state).toBe('interrupted');
  });
});

describe('a caller', () => {
  test('sees their own jobs only', async () => {
    const taken = await count('vials');
    expect(queue.list(auditor)).toEqual([]);
    expect(() => queue.find(auditor, taken.id)).toThrow(/^NOT_FOUND/);
    await expect(queue.cancel(auditor, taken.id)).rejects.toThrow(/^NOT_FOUND/);
    expect(queue.list(nurse)).toHaveLength(1);
  });

  test('has a few jobs at a time, and all callers together some more', async () => {
    for (let taken = 0; taken < OPEN_PER_CALLER; taken += 1) await count(`${taken}`);
    await expect(count('more')).rejects.toMatchObject({
      details: { status: 429, code: 'TOO_MANY_JOBS', headers: { 'retry-after': '2' } },
    });
    for (let taken = OPEN_PER_CALLER; taken < OPEN_AT_ONCE; taken += 1) {
      await count(`${taken}`, callerOf(`hospital.nurse-${taken}`));
    }
    await expect(count('more', auditor)).rejects.toMatchObject({
      details: { code: 'TOO_MANY_JOBS' },
    });
  });

  test('is refused work that is not for them, that nobody does, or with another input', async () => {
    const payer: Caller = { ...nurse, roles: ['payer'] };
    await expect(count('vials', payer)).rejects.toThrow(/^NOT_ENTITLED/);
    await expect(queue.start(nurse, 'sing', {})).rejects.toMatchObject({
      details: { status: 400, code: 'UNKNOWN_JOB_KIND', expected: 'count', found: 'sing' },
    });
    await expect(queue.start(nurse, 'count', { what: 3 })).rejects.toMatchObject({
      details: { status: 400, code: 'INVALID_JOB_INPUT', field: 'body.input.what' },
    });
    expect(queue.list(nurse)).toEqual([]);
  });
});
