import { z } from 'zod';
import { instant, lotId, organisationId } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { saidTooSchema } from './said-too.js';
import { signedSchema } from './signed.js';

export const lotSchema = z.strictObject({
  noun: z.literal('lot'),
  id: lotId,
  kind: z.string(),
  expiry: instant,
  registered: signedSchema,
  /** whose it is */
  organisation: organisationId,
  /** that it was entered in error: it counts as not registered */
  annulled: signedSchema.exactOptional(),
  recall: saidTooSchema({ reason: z.string() }).exactOptional(),
});

/** A reagent or vector lot that several therapies may use. */
export interface Lot extends ReadOnly<z.infer<typeof lotSchema>> {}

export const lotNoun = defineNoun<Lot>()({
  noun: 'lot',
  schema: lotSchema,
  under: 'lot',
  key: ['id'],
  read: { contract: 'manufacturing', readers: 'members' },
});
