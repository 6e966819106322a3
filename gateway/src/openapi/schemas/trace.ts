import { NOUNS, THING_NOUNS, therapySchema } from '@veinledger/domain';
import { z } from 'zod';
import { markedRecord } from './record.js';

/** What a thing is. */
export const thingNoun = z.enum(THING_NOUNS);

const [first, ...others] = THING_NOUNS.map((noun) => NOUNS[noun].schema);
if (!first) throw new Error('a therapy has no things');

/** Everything the ledger holds of a therapy besides its command records. */
export const thing = z.discriminatedUnion('noun', [first, ...others]);

export const trace = z.strictObject({
  therapy: therapySchema,
  things: z.array(thing),
  records: z.array(markedRecord),
});
