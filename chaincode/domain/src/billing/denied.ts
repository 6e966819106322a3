import type { Reader } from '../commands/reader.js';
import type { Denial } from '../nouns/denial.js';
import type { Therapy } from '../nouns/therapy.js';

/** What a word on a payer's denial is decided on. */
export interface Denied {
  readonly therapy: Therapy;
  readonly denial: Denial | undefined;
}

/** Reads a payer's denial and its therapy. */
export async function readDenied(
  reader: Reader,
  { coi, denial }: { readonly coi: string; readonly denial: string },
): Promise<Denied> {
  return {
    therapy: await reader.therapy(coi),
    denial: await reader.get('denial', { coi, id: denial }),
  };
}
