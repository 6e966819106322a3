import { z } from 'zod';
import { coi, instant, localId } from '../values/identifiers.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const adverseEventSchema = z.strictObject({
  noun: z.literal('adverse-event'),
  coi,
  id: z.string(),
  /** when it began, by the reporter's word */
  onset: instant,
  /** after which dose; absent where it was after none, or nobody knows */
  dose: localId.exactOptional(),
  /** to how serious it is and its description, in the annex */
  commitment: z.string(),
  reported: signedSchema,
});

/** Something untoward that befell the patient, whether or not the treatment caused it (ICH E2A, II.A.1). */
export interface AdverseEvent extends ReadOnly<z.infer<typeof adverseEventSchema>> {}

export const adverseEventNoun = defineNoun<AdverseEvent>()({
  noun: 'adverse-event',
  schema: adverseEventSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
