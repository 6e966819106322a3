import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { FairQueue, QueueFull } from '../limits/fair-queue.js';
import type { Owner } from './entry.js';
import { busy } from './refusals.js';

/** What is done under a passphrase, in a thread of its own: scrypt takes a second, and the gateway answers others. */
export type PassphraseWork =
  | {
      readonly task: 'seal';
      readonly passphrase: string;
      readonly text: string;
      /** base-2 logarithm of scrypt's work factor; age's own when left out */
      readonly workFactor?: number | undefined;
    }
  | { readonly task: 'open'; readonly passphrase: string; readonly sealed: string };

const result = z.strictObject({
  /** the age file in base64url, or the text that it held */
  output: z.string().optional(),
  fault: z.enum(['wrong-passphrase', 'damaged']).optional(),
});

export type PassphraseResult = z.infer<typeof result>;

/**
 * One at a time, since scrypt fills 256 MiB; each takes about a second, so that the last of those who wait is answered
 * before its client gives up. One actor of one programme waits once, however often it asks.
 */
const QUEUE = new FairQueue({ atOnce: 1, waitingEach: 1, waiting: 32 });

/** Who asks for work under a passphrase, and what is done first when it is its turn. */
export interface Turn extends Pick<Owner, 'network' | 'actor'> {
  readonly begin?: (() => Promise<void>) | undefined;
}

/**
 * Seals or opens under a passphrase, after all those who asked before.
 * @throws ProblemError 503 or 429 KEYSTORE_BUSY at once, where too many wait; nothing was begun then
 */
export async function underPassphrase(
  work: PassphraseWork,
  { network, actor, begin }: Turn,
): Promise<PassphraseResult> {
  try {
    return await QUEUE.run(JSON.stringify([network, actor]), async () => {
      await begin?.();
      return inThread(work);
    });
  } catch (error) {
    throw error instanceof QueueFull ? busy(error) : error;
  }
}

function inThread(workerData: PassphraseWork): Promise<PassphraseResult> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL('./passphrase-thread.js', import.meta.url), { workerData });
    worker.once('message', (message: unknown) => done(result.parse(message)));
    worker.once('error', failed);
    worker.once('exit', (code) => failed(new Error(`keystore: the thread ended with ${code}`)));
  });
}
