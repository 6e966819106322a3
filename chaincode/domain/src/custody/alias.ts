import type { Recording } from '../commands/decision.js';
import type { Reader } from '../commands/reader.js';
import type { Item } from '../nouns/item.js';
import type { NamedItem } from '../nouns/named-item.js';
import type { Therapy } from '../nouns/therapy.js';
import { nameWithin } from './resolve.js';

/** What the ledger knows of the other number on a new thing's label; undefined where it bears one only. */
export async function readAlias(
  reader: Reader,
  coi: string,
  { item, alias }: { readonly item: string; readonly alias?: string | undefined },
): Promise<NamedItem | undefined> {
  return alias === undefined || alias === item ? undefined : reader.given(coi, alias);
}

/** Registers a new thing, and its other number with it; a number that is another thing's deviates on both. */
export function registerItem(
  recording: Recording,
  item: Item,
  alias: NamedItem | undefined,
  therapy: Therapy,
): Item {
  const { id, coi } = item;
  if (alias?.known === 'never') {
    const named = { ...item, alias: alias.id };
    const index = { noun: 'item-index' as const, coi };
    recording.put(named, { ...index, id }, { ...index, id: alias.id, item: id });
    return named;
  }
  recording.put(item, { noun: 'item-index', id, coi });
  if (alias) {
    const found = nameWithin(therapy.coi, alias.item);
    recording.deviate(
      { code: 'IDENTIFIER_TAKEN', classification: 'critical', found },
      item,
      alias.item,
    );
  }
  return item;
}
