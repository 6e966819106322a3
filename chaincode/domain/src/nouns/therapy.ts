import { z } from 'zod';
import { country } from '../values/country.js';
import { actorId, coi, digest, gln, organisationId } from '../values/identifiers.js';
import { blockable } from './blockable.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

const orderLineSchema = z.strictObject({
  dose: z.int().min(1),
  /** days after the order */
  day: z.int().min(0),
  /** of the site where it is given */
  site: gln,
  /** of the depot that it is delivered to */
  depot: gln,
  slot: z.string(),
});

/** One dose that was ordered. */
export interface OrderLine extends ReadOnly<z.infer<typeof orderLineSchema>> {}

export const therapySchema = z.strictObject({
  noun: z.literal('therapy'),
  coi,
  /** the patient's pseudonym in this programme */
  patient: actorId,
  process: z.strictObject({ id: z.string(), version: z.string(), hash: digest }),
  /** MSP ids of the members that take part in it */
  parties: z.array(organisationId),
  /** MSP id of the one party whose quality decides on what is made */
  quality: organisationId,
  jurisdiction: country,
  orderLines: z.array(orderLineSchema),
  ordered: signedSchema,
  ...blockable,
});

/** One patient's course of one product, under its chain of identity. */
export interface Therapy extends ReadOnly<z.infer<typeof therapySchema>> {}

export const therapyNoun = defineNoun<Therapy>()({
  noun: 'therapy',
  schema: therapySchema,
  under: 'therapy',
  key: ['coi'],
  read: { contract: 'therapy', readers: 'parties' },
});
