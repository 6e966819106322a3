import {
  type KeyRead,
  type LedgerTransaction,
  type RangeRead,
  VALIDATION,
  type Version,
} from './block.js';
import type { ReplayState } from './replay-state.js';

/**
 * The validation code that a transaction's reads deserve, as Fabric's validator finds it: point reads first, then
 * ranges, each against what all valid transactions before it have written. Undefined when only a range could decide
 * of which the block holds hashes.
 */
export function recomputeValidation(
  transaction: Pick<LedgerTransaction, 'reads' | 'rangeReads'>,
  state: ReplayState,
): number | undefined {
  if (!transaction.reads.every((read) => isCurrent(read, state.version(read.key)))) {
    return VALIDATION.MVCC_READ_CONFLICT;
  }
  const listed = transaction.rangeReads.filter(({ hashed }) => hashed !== true);
  if (!listed.every((range) => isUnchanged(range, state))) return VALIDATION.PHANTOM_READ_CONFLICT;
  return listed.length === transaction.rangeReads.length ? VALIDATION.VALID : undefined;
}

/** Whether reads and ranges say anything about a code; the others depend on signatures and policies. */
export function isRecomputable(validationCode: number): boolean {
  return (
    validationCode === VALIDATION.VALID ||
    validationCode === VALIDATION.MVCC_READ_CONFLICT ||
    validationCode === VALIDATION.PHANTOM_READ_CONFLICT
  );
}

function isUnchanged({ startKey, endKey, results }: RangeRead, state: ReplayState): boolean {
  const now = state.between(startKey, endKey);
  return (
    now.length === results.length &&
    results.every((seen, index) => {
      const current = now[index];
      return current?.key === seen.key && isCurrent(seen, current.version);
    })
  );
}

function isCurrent({ version: seen }: KeyRead, current: Version | null): boolean {
  if (seen === null || current === null) return seen === current;
  return seen.block === current.block && seen.transaction === current.transaction;
}
