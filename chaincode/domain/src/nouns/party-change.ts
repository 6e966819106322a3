import { z } from 'zod';
import { coi, organisationId } from '../values/identifiers.js';
import { gatheredSchema } from './gathered.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const partyChangeSchema = z.strictObject({
  noun: z.literal('party-change'),
  coi,
  id: z.string(),
  /** MSP ids of all the members that take part from then on */
  parties: z.array(organisationId),
  /** MSP id of the one of them that has the patient in care from then on, where that is another one or was named */
  hospital: organisationId.exactOptional(),
  /** those who signed for it */
  signatures: z.array(gatheredSchema),
  /** the last signature, with which it took effect */
  agreed: signedSchema.exactOptional(),
});

/** Who is to take part in a therapy that goes on; it takes effect when quality and a physician have both signed. */
export interface PartyChange extends ReadOnly<z.infer<typeof partyChangeSchema>> {}

export const partyChangeNoun = defineNoun<PartyChange>()({
  noun: 'party-change',
  schema: partyChangeSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
