import { z } from 'zod';
import { dose, outcome, verification } from './care.js';
import { handOff, item, readings } from './custody.js';
import { batch, dataset, design, deviation, hold, step } from './manufacturing.js';
import { commandRecord } from './record.js';
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
  'verification',
  'dose',
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
  verification,
  dose,
  outcome,
]);

export const trace = z.strictObject({
  therapy,
  things: z.array(thing),
  records: z.array(commandRecord),
});
