import type { Job, Request } from './jobs.js';

/** What a load did. */
export interface Loaded {
  readonly commands: number;
  readonly seconds: number;
  /** of each command, from its request to its answer, milliseconds */
  readonly latenciesMs: readonly number[];
}

export interface Load {
  readonly jobs: AsyncIterator<Job, void>;
  /** how many jobs to take; fewer when there are no more */
  readonly count: number;
  /** jobs under way at a time */
  readonly concurrency: number;
  readonly send: (request: Request) => Promise<void>;
}

/** Keeps a number of jobs under way until a count of them is done. */
export async function load({ jobs, count, concurrency, send }: Load): Promise<Loaded> {
  const latenciesMs: number[] = [];
  let taken = 0;
  const worker = async () => {
    while (taken < count) {
      taken += 1;
      const next = await jobs.next();
      if (next.done === true) return;
      for (const request of next.value) {
        const started = performance.now();
        await send(request);
        latenciesMs.push(performance.now() - started);
      }
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  const seconds = (performance.now() - started) / 1000;
  return { commands: latenciesMs.length, seconds, latenciesMs };
}
