import { collectionsIn } from '../graph/ancestry.js';
import type { Link } from '../graph/links.js';
import { upstreamOf } from '../graph/upstream.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Item } from '../nouns/item.js';
import { lineageOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import type { StepAttempt } from '../nouns/step.js';

/**
 * Why a product does not come from what its process says (A1): by its physical parents from the patient's own collection,
 * by a design from the patient's data, or by both. What comes from material alone has no design.
 */
export function reasonsOfLineage(whole: WholeTherapy, item: Item): readonly Reason[] {
  const lineage = lineageOf(whole.definition);
  const subject = `item ${item.id}`;
  const designs = upstreamOf(whole, [linkOf(item)]).designs.map(({ id }) => id);
  const reasons: Reason[] = [];
  if (lineage !== 'data' && !isOfMaterial(whole, item, new Set())) {
    const expected = 'material that was collected from the patient';
    reasons.push({ code: 'BROKEN_CHAIN', subject, expected, found: 'none' });
  }
  if (lineage === 'material' && designs.length > 0) {
    const found = designs.join();
    reasons.push({ code: 'DESIGN_DIFFERS', subject, expected: 'no design', found });
  }
  if (lineage !== 'material' && designs.length === 0) {
    reasons.push({ code: 'BROKEN_CHAIN', subject, expected: 'a design', found: 'none' });
  }
  return reasons;
}

function isOfMaterial(whole: WholeTherapy, item: Item, seen: Set<string>): boolean {
  if (item.collected) return true;
  if (seen.has(item.id)) return false;
  seen.add(item.id);
  return item.parents.some(({ id }) => {
    const parent = whole.items.get(id);
    return parent !== undefined && isOfMaterial(whole, parent, seen);
  });
}

/**
 * Whether tests took a sample, as it was collected, of each collection that what a fill made comes from: a number without
 * that sample proves nothing.
 */
export function takeOrigins(
  whole: WholeTherapy,
  tests: readonly StepAttempt[],
  fill: { readonly step: string; readonly attempt: number },
): boolean {
  const collected = collectionsIn(upstreamOf(whole, [{ kind: 'step', ...fill }]));
  const known = new Set(collected.map(({ id }) => id));
  const taken = new Set(
    tests
      .flatMap(({ report }) => report?.inputs ?? [])
      .flatMap((input) => {
        const ancestry = upstreamOf(whole, [{ kind: 'item', ...input }]);
        const samples = collectionsIn(ancestry).map(({ id }) => id);
        const isAsCollected = ancestry.attempts.length === 0;
        return isAsCollected && samples.every((id) => known.has(id)) ? samples : [];
      }),
  );
  return known.size > 0 && [...known].every((id) => taken.has(id));
}

function linkOf({ coi, id }: Item): Link {
  return { kind: 'item', coi, id };
}
