import { z } from 'zod';
import { code, coi, digest, instant, localId, organisationId } from '../values/identifiers.js';
import { inspectionBasis, inspectionKind, shownToInspector } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

const statementSchema = signedSchema.extend({
  /** when the inspection began */
  from: instant,
  /** when it ended; left out while it goes on */
  until: instant.exactOptional(),
  /** what of the therapy was shown */
  shown: z.array(shownToInspector),
  /** SHA-256 of the inspector's pack that was handed over, as data */
  pack: digest.exactOptional(),
  /** to what was found, in the annex */
  findings: z.string().exactOptional(),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
});

export const inspectionSchema = z.strictObject({
  noun: z.literal('inspection'),
  coi,
  id: z.string(),
  /** MSP id of the party at which the inspectors were */
  host: organisationId,
  authority: code,
  kind: inspectionKind,
  /** the authority's own number for it */
  reference: localId,
  basis: inspectionBasis,
  /** what was said of it, one after the other */
  statements: z.array(statementSchema),
});

/** A disclosure of a therapy to inspectors of an authority who have no key on the ledger. */
export interface Inspection extends ReadOnly<z.infer<typeof inspectionSchema>> {}

export const inspectionNoun = defineNoun<Inspection>()({
  noun: 'inspection',
  schema: inspectionSchema,
  under: 'therapy',
  key: ['coi', 'id'],
});
