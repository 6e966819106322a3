import { z } from 'zod';
import { actorId, digest } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const personKeySchema = z.strictObject({
  noun: z.literal('person-key'),
  /** by which the key is known, and from which nobody finds it */
  id: digest,
  /** the one that it took the place of */
  replaces: digest.exactOptional(),
  shared: signedSchema,
  /** the registrars to whom it was sealed */
  holders: z.array(actorId),
});

/** The key under which a programme's registrars digest who somebody is (E1), as far as the ledger knows it. */
export interface PersonKey extends ReadOnly<z.infer<typeof personKeySchema>> {}

export const personKeyNoun = defineNoun<PersonKey>()({
  noun: 'person-key',
  schema: personKeySchema,
  under: 'consortium',
  key: [],
  read: { contract: 'registry', readers: 'members' },
});
