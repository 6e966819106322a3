import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Person } from '../journey/submitter.js';
import type { Speakers } from './messages.js';

/** What is to be signed. */
export interface SigningTask {
  readonly what: 'therapies' | 'readings';
  readonly count: number;
  /** how many therapies the readings are about */
  readonly therapies: number;
  readonly network: string;
  readonly speakers: Speakers;
  readonly people: readonly Pick<Person, 'id' | 'keys'>[];
  /** where the files go */
  readonly directory: string;
}

/** One worker's share of a task. */
export interface SigningOrder extends Omit<SigningTask, 'directory'> {
  readonly first: number;
  readonly file: string;
}

/**
 * Signs on every core.
 * @returns the files, in the order of the commands
 */
export async function signAhead(task: SigningTask): Promise<readonly string[]> {
  const workers = availableParallelism();
  const share = Math.ceil(task.count / workers);
  const orders: SigningOrder[] = [];
  for (let first = 0; first < task.count; first += share) {
    const { directory, ...rest } = task;
    const file = join(directory, `${task.what}-${orders.length + 1}`);
    orders.push({ ...rest, first, count: Math.min(share, task.count - first), file });
  }
  await Promise.all(orders.map(run));
  return orders.map(({ file }) => file);
}

async function run(order: SigningOrder): Promise<void> {
  const worker = new Worker(new URL('signing-worker.js', import.meta.url), { workerData: order });
  const [code] = (await once(worker, 'exit')) as [number];
  if (code !== 0) throw new Error(`a signing worker ended with ${code}`);
}
