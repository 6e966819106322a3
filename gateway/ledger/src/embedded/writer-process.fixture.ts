import type { SubmitterIdentity } from '../port.js';
import { openEmbeddedLedger, type EmbeddedLedgerOptions } from './index.js';
import { SamplesContract } from './samples-contract.fixture.js';

/** Writes keys until it is killed and prints each once it is acknowledged. */
const { submitter, ...given } = JSON.parse(process.argv[2] ?? '') as Pick<
  EmbeddedLedgerOptions,
  'directory' | 'certificateAuthorities'
> & { submitter: SubmitterIdentity };

const ledger = await openEmbeddedLedger({
  ...given,
  channel: 'programme-1',
  organisation: 'HospitalMSP',
  contracts: [SamplesContract],
  clock: () => Date.parse('2026-11-22T13:07:00.000Z'),
});

async function write(worker: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    const key = `w${worker}-${count}`;
    await ledger.submit({ function: 'samples:Put', args: [key, `value of ${key}`], submitter });
    process.stdout.write(`${key}\n`);
  }
}

await Promise.all(Array.from({ length: 16 }, (_, worker) => write(worker)));
