import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { processStart } from './identity.js';
import { lockHolder, releaseLock, takeLock } from './lock.js';

/** Reads a file over and over, tells that it has begun, and at the end which texts it met. */
const READER = `
const { readFileSync } = require('node:fs');
const { parentPort, workerData } = require('node:worker_threads');
const { file, stop } = workerData;
const met = new Set();
parentPort.postMessage('reading');
while (Atomics.load(stop, 0) === 0) {
  try {
    met.add(readFileSync(file, 'utf8'));
  } catch {
    met.add('no lock');
  }
}
parentPort.postMessage([...met]);
`;

let home: string;
let file: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(home, 'launcher.lock');
});
afterEach(() => rmSync(home, { recursive: true }));

test('a lock tells whose it is from its first moment on, and leaves nothing beside', async () => {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const reader = new Worker(READER, { eval: true, workerData: { file, stop } });
  const told = () => new Promise<unknown>((resolve) => reader.once('message', resolve));
  await told();
  for (let turn = 0; turn < 3_000; turn += 1) {
    takeLock(file);
    releaseLock(file);
  }
  const met = told();
  Atomics.store(stop, 0, 1);
  const mine = `${process.pid} ${processStart(process.pid) ?? ''}`;
  expect(['no lock', mine]).toEqual(expect.arrayContaining((await met) as string[]));
  await reader.terminate();
  expect(readdirSync(home)).toEqual([]);
});

test('a lock that is held is refused, and stays as it is', () => {
  takeLock(file);
  expect(() => takeLock(file)).toThrow(`launcher.lock is held by process ${process.pid}`);
  expect(lockHolder(file)?.pid).toBe(process.pid);
  expect(readdirSync(home)).toEqual(['launcher.lock']);
});
