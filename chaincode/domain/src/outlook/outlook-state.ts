import type { Asking } from '../commands/decision.js';
import type { Recipient } from '../consent/uses.js';
import type { WeighedConsent } from '../consent/weighed.js';
import type { Link } from '../graph/links.js';
import { statementsBehind } from '../graph/statements.js';
import type { Ancestry } from '../graph/ancestry.js';
import type { WholeTherapy } from '../graph/whole-therapy.js';
import type { Item } from '../nouns/item.js';
import type { Organisation } from '../nouns/organisation.js';
import type { Statement, Suspect } from '../registry/suspicion.js';

/** What the gates are asked with. */
export interface OutlookState {
  readonly whole: WholeTherapy;
  /** the patient's, of every purpose */
  readonly consents: readonly WeighedConsent[];
  /** every signature in the therapy that was given with compromised keys and that nobody confirmed */
  readonly suspects: readonly Suspect[];
  /** the therapy's parties, as members */
  readonly parties: readonly Party[];
  /** RFC 3339 */
  readonly at: string;
}

type Party = Pick<Organisation, 'id' | 'country' | 'grantable'>;

/** An organisation as the recipient of a use. */
export function recipientIn({ parties }: OutlookState, organisation: string): Recipient {
  const country = parties.find(({ id }) => id === organisation)?.country;
  return { recipient: organisation, country };
}

/** Everything on which a gate may rest: the signatures of all that the therapy holds. */
export function statementsOfTherapy(whole: WholeTherapy): readonly Statement[] {
  const { items, attempts, datasets, designs, batches, lots } = whole;
  return statementsBehind(whole, {
    items: [...items.values()],
    attempts: [...attempts.values()],
    datasets: [...datasets.values()],
    designs: [...designs.values()],
    batches: [...batches.values()],
    lots: [...lots.values()],
    missing: [],
    foreign: [],
    circular: [],
  });
}

/** The suspects among what a gate rests on: the order, everything upstream, and the investigations into it. */
export function suspectsUpstream(
  { whole, suspects }: OutlookState,
  ancestry: Ancestry,
): readonly Suspect[] {
  const among = new Set(statementsBehind(whole, ancestry).map(placeOf));
  return suspects.filter((suspect) => among.has(placeOf(suspect)));
}

/** Whoever holds a thing asks: who else does would be told that it is not theirs. */
export function askedByHolder({ at }: OutlookState, { holder }: Pick<Item, 'holder'>): Asking {
  return { transactionTime: at, actor: { organisation: holder.organisation } };
}

/** The link to an item of the therapy. */
export function linkTo({ coi, id }: Pick<Item, 'coi' | 'id'>): Link {
  return { kind: 'item', coi, id };
}

function placeOf({ subject, signed }: Statement): string {
  return JSON.stringify([subject, signed.command]);
}
