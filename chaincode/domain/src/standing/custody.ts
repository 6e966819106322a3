import type { HandOff } from '../nouns/hand-off.js';
import type { Item } from '../nouns/item.js';
import type { NamedItem } from '../nouns/named-item.js';
import type { Therapy } from '../nouns/therapy.js';
import { ofParty, type Speaker } from './people.js';

/** A thing that a fact names, with the fact's therapy where the thing is none of its own. */
type Reported =
  | Extract<NamedItem, { readonly known: 'own' }>
  | (Exclude<NamedItem, { readonly known: 'own' }> & { readonly therapy: Therapy });

/** Somebody of the organisation that holds the thing, or, while it is under way, of the one that it was given to. */
export function ofHolder(item: Item, { actor: { organisation } }: Speaker): boolean {
  if (item.holder.organisation === organisation) return true;
  return item.custody === 'in-transit' && item.handOff?.to === organisation;
}

/**
 * Who may say what became of a thing: {@link ofHolder}. Of what is another therapy's, or nobody's, a party may say that it
 * came to light here; what that does to the other therapy's thing is not for this one to say (B3).
 */
export function ofCustodian(named: Reported, speaker: Speaker): boolean {
  return named.known === 'own' ? ofHolder(named.item, speaker) : ofParty(named.therapy, speaker);
}

/** Who may say that a thing came: its custodian, and whom it was given to by a hand-off that nobody received yet. */
export function ofReceiver(
  named: Reported,
  handOff: HandOff | undefined,
  speaker: Speaker,
): boolean {
  return ofCustodian(named, speaker) || isAddressee(named, handOff, speaker);
}

/** Who may say that a thing left: its custodian, and who found it and hands it on or back. */
export function ofGiver(named: Reported, speaker: Speaker): boolean {
  if (ofCustodian(named, speaker)) return true;
  return named.known === 'own' && named.item.foundBy?.organisation === speaker.actor.organisation;
}

/** A party that has in hand what is under way to another, or was lost: it may hand it on or back. */
export function ofFinder(named: Reported, therapy: Therapy | undefined, speaker: Speaker): boolean {
  if (named.known !== 'own') return false;
  if (named.item.custody !== 'in-transit' && named.item.custody !== 'lost') return false;
  return therapy !== undefined && ofParty(therapy, speaker);
}

/** Who may say how warm a thing was: its custodian, and who gave it away last, whose logger went with it. */
export function ofJourney(named: Reported, speaker: Speaker): boolean {
  if (ofCustodian(named, speaker)) return true;
  return named.known === 'own' && named.item.handOff?.from === speaker.actor.organisation;
}

function isAddressee(
  named: Reported,
  handOff: HandOff | undefined,
  { actor: { organisation } }: Speaker,
): boolean {
  const id = named.known === 'never' ? named.id : named.item.id;
  if (handOff?.item !== id || handOff.receipts.length > 0) return false;
  return handOff.release?.to === organisation;
}
