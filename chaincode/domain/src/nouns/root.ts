import { z } from 'zod';
import { actorId, digest, instant } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';

export const rootSchema = z.strictObject({
  noun: z.literal('root'),
  digest,
  network: digest,
  bootstrappedBy: actorId,
  at: instant,
});

/** What the ledger keeps of the consortium root once it is bootstrapped. */
export interface Bootstrapped extends ReadOnly<z.infer<typeof rootSchema>> {}

export const rootNoun = defineNoun<Bootstrapped>()({
  noun: 'root',
  schema: rootSchema,
  under: 'consortium',
  key: [],
  read: { contract: 'registry', readers: 'members' },
});
