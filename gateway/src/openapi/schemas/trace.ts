import { z } from 'zod';
import { dose, doseLine, outcome, verification } from './care.js';
import { handOff, item, readings } from './custody.js';
import { batch, confirmation, dataset, design, deviation, hold, step } from './manufacturing.js';
import { markedRecord } from './record.js';
import { therapy } from './therapy.js';

/** What a thing is. */
export const thingNoun = z.enum([
  'item',
  'hand-off',
  'readings',
  'step',
  'dataset',
  'design',
  'batch',
  'deviation',
  'hold',
  'confirmation',
  'verification',
  'dose',
  'dose-line',
  'outcome',
]);

/** Everything the ledger holds of a therapy besides its command records. */
export const thing = z.discriminatedUnion('noun', [
  item,
  handOff,
  readings,
  step,
  dataset,
  design,
  batch,
  deviation,
  hold,
  confirmation,
  verification,
  dose,
  doseLine,
  outcome,
]);

export const trace = z.strictObject({
  therapy,
  things: z.array(thing),
  records: z.array(markedRecord),
});
