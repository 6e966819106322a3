import type { Reason } from '../nouns/reason.js';
import { type Ancestry, collectionsIn } from '../graph/ancestry.js';
import { isEarlierRecord } from '../graph/earlier-record.js';
import { nameOfAttempt } from '../graph/links.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import { OF_ANOTHER_THERAPY } from '../nouns/named-item.js';

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
    ...reasonsOfForeign(ancestry, coi),
    ...ancestry.circular.map((subject) => ({ code: 'CIRCULAR_CHAIN' as const, subject })),
    ...reasonsOfItems(ancestry),
    ...reasonsOfAttempts(whole, ancestry),
    ...reasonsOfOrigin(ancestry),
  ];
}

/** The link that is broken is named by what was made of another therapy's item, and not by that item (H2). */
function reasonsOfForeign({ foreign, items, attempts }: Ancestry, coi: string): readonly Reason[] {
  if (foreign.length === 0) return [];
  const reason: Reason = { code: 'FOREIGN_ITEM', expected: coi, found: OF_ANOTHER_THERAPY };
  const isForeign = (parent: { readonly coi: string }) => parent.coi !== coi;
  const made = [
    ...items.filter(({ parents }) => parents.some(isForeign)).map(({ id }) => `item ${id}`),
    ...attempts
      .filter(({ report }) => report?.inputs.some(isForeign))
      .map((each) => `step ${nameOfAttempt(each)}`),
  ];
  return made.length === 0 ? [reason] : made.map((subject) => ({ ...reason, subject }));
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
