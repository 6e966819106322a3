import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LedgerBlock } from '@veinledger/chaincode/replay';
import type { Invocation, Ledger, SubmitterIdentity } from '../port.js';
import { createAuthority } from './certificates.fixture.js';
import { openEmbeddedLedger, type EmbeddedLedgerOptions } from './index.js';
import { SamplesContract } from './samples-contract.fixture.js';

/** 13:07 on the day on which the tests' ledgers run */
export const NOW = Date.parse('2026-11-22T13:07:00.000Z');

/** A directory with a ledger for the samples contract, and calls of it in short. */
export interface SamplesLedger {
  readonly directory: string;
  readonly options: EmbeddedLedgerOptions;
  readonly submitter: SubmitterIdentity;
  readonly ledger: Ledger;
  call(name: string, ...args: string[]): Invocation;
  reopen(changed?: Partial<EmbeddedLedgerOptions>): Promise<Ledger>;
  remove(): Promise<void>;
}

export async function openSamplesLedger(
  changed: Partial<EmbeddedLedgerOptions> = {},
): Promise<SamplesLedger> {
  const directory = await mkdtemp(join(tmpdir(), 'embedded-ledger-'));
  const authority = await createAuthority('Harbour Hospital CA');
  const submitter = await authority.issue('HospitalMSP', { role: 'nurse' });
  const options: EmbeddedLedgerOptions = {
    directory,
    channel: 'programme-1',
    organisation: 'HospitalMSP',
    contracts: [SamplesContract],
    certificateAuthorities: { HospitalMSP: authority.certificate },
    clock: () => NOW,
    ...changed,
  };
  let ledger = await openEmbeddedLedger(options);
  return {
    directory,
    options,
    submitter,
    get ledger() {
      return ledger;
    },
    call: (name, ...args) => ({ function: `samples:${name}`, args, submitter }),
    reopen: async (again = {}) => {
      await ledger.close();
      ledger = await openEmbeddedLedger({ ...options, ...again });
      return ledger;
    },
    remove: async () => {
      await ledger.close();
      await rm(directory, { recursive: true });
    },
  };
}

export async function allBlocks(ledger: Ledger, first = 0): Promise<LedgerBlock[]> {
  const blocks: LedgerBlock[] = [];
  for await (const block of ledger.blocks(first)) blocks.push(block);
  return blocks;
}
