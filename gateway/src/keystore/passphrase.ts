import { Worker } from 'node:worker_threads';
import { z } from 'zod';

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

const outcome = z.strictObject({
  /** the age file in base64url, or the text that it held */
  output: z.string().optional(),
  fault: z.enum(['wrong-passphrase', 'damaged']).optional(),
});

export type PassphraseOutcome = z.infer<typeof outcome>;

let last: Promise<unknown> = Promise.resolve();

/** Seals or opens under a passphrase. One at a time: scrypt fills 256 MiB. */
export function underPassphrase(work: PassphraseWork): Promise<PassphraseOutcome> {
  const mine = last.then(() => inThread(work));
  last = mine.catch(() => undefined);
  return mine;
}

function inThread(workerData: PassphraseWork): Promise<PassphraseOutcome> {
  return new Promise((done, failed) => {
    const worker = new Worker(new URL('./passphrase-thread.js', import.meta.url), { workerData });
    worker.once('message', (message: unknown) => done(outcome.parse(message)));
    worker.once('error', failed);
    worker.once('exit', (code) => failed(new Error(`keystore: the thread ended with ${code}`)));
  });
}
