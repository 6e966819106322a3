import { setTimeout as delay } from 'node:timers/promises';
import type { Loaded } from '../load.js';
import type { Prepared } from './workload.js';

/** Submits one transaction and waits for its commit. */
export type Submit = (prepared: Prepared) => Promise<void>;

/**
 * Keeps a number of transactions under way until all are done or the time is over; those that are under way then are
 * waited for.
 */
export async function closedLoop(
  transactions: readonly Prepared[],
  submit: Submit,
  limit: { readonly concurrency: number; readonly milliseconds: number },
): Promise<Loaded> {
  const latenciesMs: number[] = [];
  const waiting = transactions.values();
  const started = performance.now();
  const worker = async () => {
    for (const transaction of waiting) {
      const begun = performance.now();
      if (begun - started > limit.milliseconds) return;
      await submit(transaction);
      latenciesMs.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: limit.concurrency }, worker));
  return loaded(latenciesMs, started);
}

/**
 * Submits transactions at a fixed rate, whether earlier ones are done or not. Each is measured from when it was due, so
 * that one that had to wait for this process counts its wait.
 */
export async function openLoop(
  transactions: readonly Prepared[],
  submit: Submit,
  perSecond: number,
): Promise<Loaded> {
  const latenciesMs: number[] = [];
  const started = performance.now();
  await Promise.all(
    transactions.map(async (transaction, index) => {
      const due = (index * 1000) / perSecond;
      await delay(due);
      await submit(transaction);
      latenciesMs.push(performance.now() - started - due);
    }),
  );
  return loaded(latenciesMs, started);
}

function loaded(latenciesMs: readonly number[], started: number): Loaded {
  const seconds = (performance.now() - started) / 1000;
  return { commands: latenciesMs.length, seconds, latenciesMs };
}
