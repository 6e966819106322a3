import { NOUNS, THERAPY_NOUNS, type TherapyThing } from '@veinledger/domain';
import { z } from 'zod';
import { markedRecord } from './record.js';
import { therapy } from './therapy.js';

/** What a thing is. */
export const thingNoun = z.enum(THERAPY_NOUNS);

/** Everything the ledger holds of a therapy besides its command records. */
export const thing = z.discriminatedUnion(
  'noun',
  THERAPY_NOUNS.map((noun) => NOUNS[noun].schema) as unknown as readonly [
    ThingSchema,
    ...ThingSchema[],
  ],
);

type ThingSchema = z.ZodType<TherapyThing> & z.core.$ZodTypeDiscriminable;

export const trace = z.strictObject({
  therapy,
  things: z.array(thing),
  records: z.array(markedRecord),
});
