import type { Command } from '../commands/command.js';
import type { Context, Recording } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import { concernedIn, type Deviation, settle } from '../nouns/deviation.js';
import type { Item } from '../nouns/item.js';
import type { NamedItem } from '../nouns/named-item.js';
import { refOf } from '../nouns/reference.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import { unblock } from '../nouns/subject.js';
import { earlier, isBefore } from '../values/time.js';
import { OF_ANOTHER_THERAPY } from '../nouns/named-item.js';

/** An item of this therapy that somebody met before anybody said what it is. */
export function metUnidentified(named: NamedItem): Item | undefined {
  return named.known === 'own' && named.item.kind === 'unidentified' ? named.item : undefined;
}

/** The deviations that unidentified items opened, among those that a command names. */
export async function readMet(
  reader: Reader,
  named: readonly NamedItem[],
): Promise<readonly Deviation[]> {
  const wanted = named.flatMap((each) => {
    const met = metUnidentified(each);
    return (met?.blockers ?? [])
      .filter(({ kind, code }) => kind === 'deviation' && code === 'UNIDENTIFIED_ITEM')
      .map(({ id }) => ({ scope: { kind: 'therapy', id: met?.coi ?? '' } as const, id }));
  });
  const found = await Promise.all(wanted.map((key) => reader.get('deviation', key)));
  return found.filter((each) => each !== undefined);
}

/**
 * Whether an identifier is free for something new: nobody has spoken of it, or only under another therapy, where nobody
 * said what it is. One word about a label takes it from nobody (B1).
 */
export function isFree(
  named: NamedItem,
): named is Extract<NamedItem, { readonly known: 'never' | 'foreign' }> {
  if (named.known === 'never') return true;
  return named.known === 'foreign' && named.item.kind === 'unidentified';
}

/** Tells of what somebody spoke of under another therapy before it was made or taken in this one. */
export function noteMetElsewhere(recording: Recording, named: NamedItem, item: Item): void {
  if (named.known !== 'foreign') return;
  const found = OF_ANOTHER_THERAPY;
  recording.deviate({ code: 'IDENTIFIED_LATER', classification: 'major', found }, item, named.item);
}

/**
 * An unidentified item is identified again: by the report that should have come first (A1). What stops it stops it still,
 * and quality looks at why the report came later. It is where it was met, unless that was said before there was
 * anything, or by somebody to whom nobody had given it, and bears the label that it bore.
 */
export function identify(
  recording: Recording,
  met: Item,
  reported: Item,
  unidentified: readonly Deviation[],
  command: Command<unknown>,
  context: Context,
): Item {
  const by = signedBy(command, context);
  const ref = refOf(met);
  const own = unidentified.filter((each) => concernedIn(each, ref));
  const { batch, signatures } = met;
  const useBy = earliest(met.useBy, reported.useBy);
  const identified: Item = {
    ...reported,
    ...placeOf(met, reported),
    id: met.id,
    ...(met.alias === undefined ? {} : { alias: met.alias }),
    ...(met.relabellings ? { relabellings: met.relabellings } : {}),
    signatures: [...signatures, ...reported.signatures],
    blockers: met.blockers,
    ...(met.cleared ? { cleared: met.cleared } : {}),
    ...(batch === undefined ? {} : { batch }),
    ...(useBy === undefined ? {} : { useBy }),
  };
  recording.put(
    own.reduce((item, { id }) => unblock(item, { kind: 'deviation', id }, by), identified),
    ...own.map((each) => settle(each, ref, { ...by, decision: 'identified' })),
  );
  recording.deviate({ code: 'IDENTIFIED_LATER', classification: 'major', found: met.id }, met);
  return identified;
}

/**
 * Where a thing is of which somebody spoke first: what was said before it was there is void. Afterwards counts what who had
 * it first says, and to whom they gave it; anybody else is its finder, if they have it in hand.
 */
function placeOf(met: Item, { holder, signatures: [made] }: Item): Partial<Item> {
  const [spoken] = met.signatures;
  if (spoken && made && isBefore(effectiveOf(spoken), effectiveOf(made))) return {};
  const { custody, heldSince, handOff, foundBy, disposed } = met;
  const used = custody === 'consumed' || custody === 'administered';
  const first = holder.organisation;
  if (used || met.holder.organisation === first || handOff?.from === first) {
    return {
      ...{ holder: met.holder, custody },
      ...(heldSince === undefined ? {} : { heldSince }),
      ...(handOff ? { handOff } : {}),
      ...(foundBy ? { foundBy } : {}),
      ...(disposed ? { disposed } : {}),
    };
  }
  return handOff && custody === 'in-custody' ? { custody: 'in-transit', foundBy: met.holder } : {};
}

function earliest(one: string | undefined, other: string | undefined): string | undefined {
  return one === undefined || other === undefined ? (one ?? other) : earlier(one, other);
}
