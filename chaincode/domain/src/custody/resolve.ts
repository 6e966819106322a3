import type { Command } from '../commands/command.js';
import type { Context, Finding, Recording } from '../commands/decision.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { holderOf } from './holder.js';
import type { Item, ItemRef } from '../nouns/item.js';
import { type NamedItem, OF_ANOTHER_THERAPY } from '../nouns/named-item.js';

/** The item that a fact is about, with the therapy that the fact names, where the item is none of its own. */
export type ReportedItem =
  | Extract<NamedItem, { readonly known: 'own' }>
  | (Exclude<NamedItem, { readonly known: 'own' }> & { readonly therapy: Therapy });

/** An identifier as a fact about a therapy names it. */
export function reportedOf(therapy: Therapy, named: NamedItem): ReportedItem {
  return named.known === 'own' ? named : { ...named, therapy };
}

/** An item's id, where the records of this therapy may tell it. */
export function nameWithin(coi: string, item: Item): string {
  return item.coi === coi ? item.id : OF_ANOTHER_THERAPY;
}

/**
 * The item that a fact is about. An item of another therapy deviates critically on both therapies; an
 * identifier that nobody registered becomes an unidentified item of this one, in the reporter's hands.
 */
export function admitItem(
  recording: Recording,
  named: ReportedItem,
  command: Command<unknown>,
  context: Context,
): Item {
  if (named.known === 'own') {
    recording.about(named.item);
    return named.item;
  }
  const { therapy } = named;
  if (named.known === 'foreign') {
    recording.about(named.item);
    recording.deviate(foreignItem(), named.item, therapy);
    return named.item;
  }
  const signed = signedBy(command, context);
  const item: Item = {
    noun: 'item',
    coi: therapy.coi,
    id: named.id,
    kind: 'unidentified',
    parents: [],
    holder: holderOf(command, context),
    signatures: [signed],
    custody: 'in-custody',
    heldSince: effectiveOf(signed),
    range: {},
    blockers: [],
  };
  recording.put({ noun: 'item-index', id: item.id, coi: item.coi });
  recording.put(item).about(item, effectiveOf(therapy.ordered));
  recording.deviate({ code: 'UNIDENTIFIED_ITEM', classification: 'major', found: named.id }, item);
  return item;
}

/** That a thing of another therapy was named. */
export function foreignItem(): Finding {
  return {
    code: 'FOREIGN_ITEM',
    classification: 'critical',
    expected: 'an item of the therapy named',
    found: OF_ANOTHER_THERAPY,
  };
}

/** A deviation when the reporter's organisation is not the one that last received the item. */
export function noteHolder(recording: Recording, item: Item, context: Context): boolean {
  recording.about(item, item.heldSince);
  if (item.holder.organisation === context.actor.organisation) return true;
  recording.deviate(
    {
      code: 'NOT_HOLDER',
      classification: 'major',
      expected: item.holder.organisation,
      found: context.actor.organisation,
    },
    item,
  );
  return false;
}

/** A deviation when the item is on its way or gone: what was made of it before was made of what was there (D1). */
export function noteInCustody(recording: Recording, item: Item): boolean {
  if (item.custody === 'in-custody') return true;
  recording.deviate(
    {
      code: 'NOT_IN_CUSTODY',
      classification: 'major',
      since: recording.since,
      expected: 'in-custody',
      found: item.custody,
    },
    item,
  );
  return false;
}

/** How an item is referred to from another therapy's records. */
export function itemRef(item: Item): ItemRef {
  return { coi: item.coi, id: item.id };
}
