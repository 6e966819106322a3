import { parseClosed, VeinledgerError } from '@veinledger/domain';
import type { z } from 'zod';
import { LedgerError } from '../port.js';

/**
 * What was written as JSON, where it is what this ledger writes.
 * @throws LedgerError `damaged`
 */
export function stored<T>(schema: z.ZodType<T>, text: string, what: string): T {
  try {
    return parseClosed(schema, JSON.parse(text), what);
  } catch (cause) {
    const why =
      cause instanceof VeinledgerError
        ? `${cause.details.field ?? what}: expected ${cause.details.expected ?? ''}, found ${cause.details.found ?? ''}`
        : `${what}: expected JSON, found another text`;
    throw new LedgerError('damaged', why, { cause });
  }
}
