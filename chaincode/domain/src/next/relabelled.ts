import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Item, ItemRef } from '../nouns/item.js';
import { effectiveOf, knownAs } from '../nouns/signed.js';
import { isSetAside } from '../nouns/subject.js';
import { isHalted } from '../nouns/therapy.js';
import { CUSTODIANS } from '../values/roles.js';
import { ofOrganisation, optionsOf } from './asked.js';
import type { Matters } from './matters.js';
import type { Option, Wait } from './wait.js';

/**
 * What was relabelled by one person's word stands still until a second one has read both labels, and so does what was made of
 * it, also when it is itself no more; of a halted therapy nothing goes on.
 */
export function relabelledIn(matters: Matters): readonly Wait[] {
  const { items, therapy } = matters.whole;
  return [...items.values()].flatMap((item): readonly Wait[] => {
    const { id, relabellings = [], custody } = item;
    const isOver =
      custody === 'disposed' && (isHalted(therapy) || !isMadeInto(matters.whole, item));
    if (isOver || isSetAside(item)) return [];
    return relabellings
      .filter(({ verified, annulled }) => !verified && !annulled)
      .map(({ signatures: [first], reason, formerLabel }) => ({
        state: 'stopped',
        noun: 'item',
        subject: `item ${id}`,
        code: 'RELABELLING_NOT_VERIFIED',
        options: verifiersOf(matters, item, first?.organisation),
        since: effectiveOf(first ?? therapy.ordered),
        // what is read off labels whoever verifies reads
        named: { reason: [reason], formerLabel: [formerLabel] },
        except: first ? knownAs(first) : [],
      }));
  });
}

/** Whether anything was made of a thing. */
function isMadeInto({ items, attempts }: WholeTherapy, { coi, id }: Item): boolean {
  const isIt = (each: ItemRef) => each.coi === coi && each.id === id;
  return (
    [...items.values()].some(({ parents }) => parents.some(isIt)) ||
    [...attempts.values()].some(({ report }) => report?.inputs.some(isIt))
  );
}

/** Who read no label before it went to another organisation verifies none: it is entered in error, and relabelled anew. */
function verifiersOf(
  matters: Matters,
  { holder }: Item,
  organisation: string | undefined,
): readonly Option[] {
  if (organisation === holder.organisation) {
    return ofOrganisation(matters, 'custody:RelabelItem', CUSTODIANS, organisation);
  }
  return optionsOf(matters, [{ type: 'quality:AnnulRecord', by: 'quality' }]);
}
