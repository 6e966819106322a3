import type { Reader } from '../commands/reader.js';

interface NamesItem {
  readonly coi: string;
  readonly item: string;
}

/** A therapy that has an item of this name is there: it is read for others only. */
export async function readReportedItem(reader: Reader, { coi, item }: NamesItem) {
  const named = await reader.named(coi, item);
  if (named.known === 'own') return { named };
  return { named: { ...named, therapy: await reader.therapy(coi) } };
}

/** What stands under a hand-off's id. */
export function readHandOff(
  reader: Reader,
  body: { readonly coi: string; readonly handOff: string },
) {
  return reader.get('hand-off', { coi: body.coi, id: body.handOff });
}
