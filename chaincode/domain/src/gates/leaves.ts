import type { Reason } from '../nouns/reason.js';
import { type Ancestry, collectionsIn } from '../graph/ancestry.js';
import { isEarlierRecord } from '../graph/earlier-record.js';
import { nameOfAttempt } from '../graph/links.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';

/**
 * Why not every branch ends in a confirmed collection of this therapy's patient, or in a lot (A1). A branch that ends in
 * nothing, in another patient's thing, in an unidentified one or in itself is one too many.
 */
export function reasonsOfLeaves(whole: WholeTherapy, ancestry: Ancestry): readonly Reason[] {
  const { coi } = whole.therapy;
  return [
    ...ancestry.missing.map((subject) => ({
      code: 'BROKEN_CHAIN' as const,
      subject,
      expected: 'a record',
    })),
    ...ancestry.foreign.map((subject) => ({
      code: 'FOREIGN_ITEM' as const,
      subject,
      expected: coi,
      found: 'an item of another therapy',
    })),
    ...ancestry.circular.map((subject) => ({ code: 'CIRCULAR_CHAIN' as const, subject })),
    ...reasonsOfItems(ancestry),
    ...reasonsOfAttempts(whole, ancestry),
    ...reasonsOfOrigin(ancestry),
  ];
}

function reasonsOfItems({ items }: Ancestry): readonly Reason[] {
  return items.flatMap(({ id, kind, collected, parents, producedBy }): readonly Reason[] => {
    const subject = `item ${id}`;
    if (kind === 'unidentified') return [{ code: 'UNIDENTIFIED_ITEM', subject }];
    if (collected) {
      return collected.confirmedBy === undefined
        ? [{ code: 'COLLECTION_NOT_CONFIRMED', subject, expected: 'a second person' }]
        : [];
    }
    if (parents.length > 0 || producedBy) return [];
    return [{ code: 'BROKEN_CHAIN', subject, expected: 'a collection', found: 'no origin' }];
  });
}

/** A step that was done on nothing made what it made of nothing, unless it reports what was on record before (A5). */
function reasonsOfAttempts(whole: WholeTherapy, { attempts }: Ancestry): readonly Reason[] {
  return attempts.flatMap((each): readonly Reason[] => {
    const { report } = each;
    const subject = `step ${nameOfAttempt(each)}`;
    if (!report) return [{ code: 'STEP_NOT_DONE', subject }];
    const { inputs, inputDatasets, design } = report;
    if (inputs.length > 0 || inputDatasets.length > 0 || design !== undefined) return [];
    if (isEarlierRecord(whole, each)) return [];
    return [{ code: 'MADE_OF_NOTHING', subject, expected: 'an input', found: 'none' }];
  });
}

function reasonsOfOrigin(ancestry: Ancestry): readonly Reason[] {
  if (collectionsIn(ancestry).length > 0) return [];
  return [{ code: 'BROKEN_CHAIN', expected: 'an item collected from the patient', found: 'none' }];
}
