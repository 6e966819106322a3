import type { Reader } from '../commands/reader.js';
import type { Scope } from '../nouns/scope.js';
import { coi, localId, lotId } from '../values/identifiers.js';

/** Where something lies that quality decides on: in a therapy, or with a lot or a run that therapies share. */
export const place = { coi: coi.optional(), lot: lotId.optional(), run: localId.optional() };

interface Place {
  readonly coi?: string | undefined;
  readonly lot?: string | undefined;
  readonly run?: string | undefined;
}

/** Whether one place is named. */
export function isOnePlace({ coi: therapy, lot, run }: Place): boolean {
  return [therapy, lot, run].filter((each) => each !== undefined).length === 1;
}

/** The scope of what lies there. */
export function scopeOfPlace({ coi: therapy, lot, run }: Place): Scope {
  if (therapy !== undefined) return { kind: 'therapy', id: therapy };
  return lot === undefined ? { kind: 'run', id: run ?? '' } : { kind: 'lot', id: lot };
}

/** The lot or the run, where the place is one. */
export async function sharedAt(reader: Reader, { lot, run }: Place) {
  if (lot !== undefined) return reader.get('lot', { id: lot });
  return run === undefined ? undefined : reader.get('run', { id: run });
}
