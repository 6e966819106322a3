import { THING_NOUNS } from '@veinledger/domain';
import { z } from 'zod';
import { markedRecord } from './record.js';
import { therapy } from './therapy.js';
import { TOLD_THINGS } from './told.js';

/** What a thing is. */
export const thingNoun = z.enum(THING_NOUNS);

const [first, ...others] = THING_NOUNS.map((noun) => TOLD_THINGS[noun]);
if (!first) throw new Error('a therapy has no things');

/** Everything the ledger holds of a therapy besides its command records. */
export const thing = z.discriminatedUnion('noun', [first, ...others]);

export const trace = z.strictObject({
  therapy,
  things: z.array(thing),
  records: z.array(markedRecord),
});
