import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { cpuTimeOf } from './cpu-time.js';
import { closedLoop, openLoop } from './loops.js';
import { median } from './summary.js';

const submitter = { mspId: 'HospitalMSP', certificate: '', privateKey: '' };
const transactions = (count: number) =>
  Array.from({ length: count }, () => ({
    invocation: { function: 'baseline:Put', args: [], submitter },
  }));

describe('a closed loop', () => {
  test('keeps its number of transactions under way, and no more', async () => {
    let underWay = 0;
    const seen: number[] = [];
    const submit = async () => {
      seen.push(++underWay);
      await delay(5);
      underWay -= 1;
    };
    const loaded = await closedLoop(transactions(12), submit, {
      concurrency: 4,
      milliseconds: 10_000,
    });
    expect(loaded.commands).toBe(12);
    expect(Math.max(...seen)).toBe(4);
  });

  test('begins nothing when its time is over, and waits for what it began', async () => {
    const loaded = await closedLoop(transactions(50), () => delay(30), {
      concurrency: 1,
      milliseconds: 60,
    });
    expect(loaded.commands).toBeGreaterThan(0);
    expect(loaded.commands).toBeLessThan(5);
  });
});

test('an open loop begins each transaction when it is due, though earlier ones are under way', async () => {
  const begun: number[] = [];
  const started = performance.now();
  const submit = async () => {
    begun.push(performance.now() - started);
    await delay(200);
  };
  const loaded = await openLoop(transactions(5), submit, 100);
  expect(begun.at(-1)).toBeGreaterThanOrEqual(39);
  expect(begun.at(-1)).toBeLessThan(200);
  expect(Math.min(...loaded.latenciesMs)).toBeGreaterThanOrEqual(199);
});

test('CPU time is that of user and system mode, whatever the process is called', () => {
  const fields = Array.from({ length: 50 }, (_, index) => index + 4);
  expect(cpuTimeOf(`4711 (peer ) node) S ${fields.join(' ')}`)).toBe((14 + 15) * 10);
});

test('a median is the middle one, or lies between the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});
