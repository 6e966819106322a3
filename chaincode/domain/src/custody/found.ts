import type { Recording } from '../commands/decision.js';
import type { Holder, Item } from '../nouns/item.js';
import { effectiveOf } from '../nouns/signed.js';
import { isTangible } from './item.js';

/** Whether the thing still exists, though nobody may know where. */
export function isSomewhere(item: Item): boolean {
  return isTangible(item) || item.custody === 'lost';
}

/** The thing in the hands of its holder, whoever had it before. */
export function heldAgain(item: Item, holder: Holder, since: string): Item {
  return { ...withoutFinder(item), holder, custody: 'in-custody', heldSince: since };
}

/** The thing, in nobody's hands but those that it was given to. */
export function withoutFinder(item: Item): Item {
  const rest = { ...item };
  delete rest.foundBy;
  return rest;
}

/** What was lost and is found again is looked at by quality before it is used. */
export function noteFound(recording: Recording, item: Item): void {
  recording.deviate({ code: 'FOUND_AGAIN', classification: 'major', ...sinceLastSeen(item) }, item);
}

/** After when something may have happened to it unseen: whoever signed for it last saw it, or missed it. */
function sinceLastSeen({ lost, signatures }: Item): { readonly since?: string } {
  const last = lost ?? signatures.at(-1);
  return last === undefined ? {} : { since: effectiveOf(last) };
}
