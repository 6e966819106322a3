import type { Reader } from '../commands/reader.js';
import type { Entity } from '../nouns/registry.js';
import type { Lot } from '../nouns/lot.js';
import type { Run } from '../nouns/run.js';
import type { Scope } from '../nouns/scope.js';
import type { Therapy } from '../nouns/therapy.js';

/** Everything that a record of a therapy may have written, or the lot or the run that it is about. */
export async function readThings(
  reader: Reader,
  scope: Scope,
  therapy: Therapy | undefined,
  shared: Lot | Run | undefined,
): Promise<readonly Entity[]> {
  const early = await reader.range('early-recall', { scope });
  if (!therapy) return shared ? [shared, ...early] : early;
  const { coi } = therapy;
  const found = await Promise.all([
    reader.range('item', { coi }),
    reader.range('hand-off', { coi }),
    reader.range('readings', { coi }),
    reader.range('step', { coi }),
    reader.range('dataset', { coi }),
    reader.range('design', { coi }),
    reader.range('batch', { coi }),
    reader.range('deviation', { scope: { kind: 'therapy', id: coi } }),
    reader.range('investigation', { coi }),
    reader.range('confirmation', { coi }),
    reader.range('verification', { coi }),
    reader.range('dose', { coi }),
    reader.range('override', { coi }),
    reader.range('decision', { coi }),
    reader.range('exception', { coi }),
    reader.range('dose-pass', { coi }),
    reader.range('outcome', { coi }),
    reader.range('alert', { coi }),
  ]);
  return [therapy, ...found.flat(), ...early];
}
