import type { LedgerTransaction, RangeRead } from './block.js';
import type { Difference } from './finding.js';
import { compareKeys } from './key-order.js';
import type { ObservedStore } from './observed-store.js';

/** Ends the range of everything under a composite key's prefix, as Fabric's stubs write it. */
const LAST_CHARACTER = '\u{10FFFF}';

/**
 * What a decision read and its transaction does not own up to. An endorser that leaves a read out hides it from
 * the search for conflicts, and so decides on a state that has passed.
 */
export function hiddenReads(
  observed: ObservedStore,
  recorded: Pick<LedgerTransaction, 'reads' | 'rangeReads'>,
): readonly Difference[] {
  const declared = new Set(recorded.reads.map(({ key }) => key));
  const keys = [...observed.keys].filter((key) => !declared.has(key));
  const prefixes = [...observed.prefixes].filter(
    (prefix) => !recorded.rangeReads.some((range) => covers(range, prefix)),
  );
  return [
    ...keys.map((key) => hidden(key, 'the key in the read set')),
    ...prefixes.map((prefix) => hidden(prefix, 'the range of this prefix in the read set')),
  ];
}

function covers({ startKey, endKey }: RangeRead, prefix: string): boolean {
  const reachesEnd = endKey === '' || compareKeys(endKey, `${prefix}${LAST_CHARACTER}`) >= 0;
  return compareKeys(startKey, prefix) <= 0 && reachesEnd;
}

function hidden(subject: string, expected: string): Difference {
  return { kind: 'hidden-read', subject, expected, found: 'nothing' };
}
