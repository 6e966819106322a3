import type { Item } from './item.js';

/** An identifier that a command names, with what the ledger knows of it. */
export type NamedItem =
  | { readonly id: string; readonly known: 'own'; readonly item: Item }
  | { readonly id: string; readonly known: 'foreign'; readonly item: Item }
  | { readonly id: string; readonly known: 'never' };

/** How the records of a therapy speak of what belongs to another, whose names they do not tell (H2). */
export const OF_ANOTHER_THERAPY = 'an item of another therapy';
