import type { Command } from '../commands/command.js';
import type { Context, Recording } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import { concernedIn, type Deviation, settle } from '../nouns/deviation.js';
import type { Item } from '../nouns/item.js';
import type { NamedItem } from '../nouns/named-item.js';
import { refOf } from '../nouns/reference.js';
import { signedBy } from '../nouns/signed.js';
import { unblock } from '../nouns/subject.js';
import { earlier } from '../values/time.js';

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
 * An unidentified item is identified again: by the report that should have come first (A1). It stays where it is with
 * what else stops it, and quality looks at why the report came later.
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
  const { holder, heldSince, custody, handOff, batch, signatures } = met;
  const useBy = earliest(met.useBy, reported.useBy);
  const identified: Item = {
    ...reported,
    holder,
    ...(heldSince === undefined ? {} : { heldSince }),
    custody,
    signatures: [...signatures, ...reported.signatures],
    blockers: met.blockers,
    ...(met.cleared ? { cleared: met.cleared } : {}),
    ...(handOff ? { handOff } : {}),
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

function earliest(one: string | undefined, other: string | undefined): string | undefined {
  return one === undefined || other === undefined ? (one ?? other) : earlier(one, other);
}
