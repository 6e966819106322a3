import { z } from 'zod';
import type { Ledger } from '@veinledger/ledger';
import { chainVerification, toldOf } from '../../openapi/schemas/ledger.js';
import { type AnyJobKind, jobKind } from '../job-kind.js';

/** Walks the chain of blocks and names the first broken one. */
export function verifyLedgerJob(ledger: Pick<Ledger, 'verify'>): AnyJobKind {
  return jobKind({
    name: 'verify-ledger',
    summary: 'Walks the chain of blocks and names the first broken one',
    unit: 'blocks',
    input: z.strictObject({}),
    result: chainVerification,
    run: async (_, { signal, report }) =>
      toldOf(await ledger.verify({ signal, onProgress: report })),
  });
}
