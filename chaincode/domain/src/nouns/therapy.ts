import { z } from 'zod';
import { country } from '../values/country.js';
import { actorId, coi, digest, gln, instant, organisationId } from '../values/identifiers.js';
import { timeOfDestruction } from '../values/words.js';
import { assignedArmSchema, unblindedSchema } from './blinding.js';
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
  /** how many containers may be given on it; left out, one */
  containers: z.int().min(1).exactOptional(),
  /** the line in whose place a physician ordered this one */
  replaces: z.int().min(1).exactOptional(),
  /** of a line that was ordered later than the therapy */
  ordered: signedSchema.exactOptional(),
  /** that it was entered in error */
  annulled: signedSchema.exactOptional(),
  /** that a physician wants nothing more given on it */
  cancelled: signedSchema.exactOptional(),
});

/** What was ordered of the product for one date: a line of the therapy's order. */
export interface OrderLine extends ReadOnly<z.infer<typeof orderLineSchema>> {}

const processSchema = z.strictObject({ id: z.string(), version: z.string(), hash: digest });

const admittedSchema = z.strictObject({
  /** the emergency access by which they are */
  access: z.string(),
  actor: actorId,
  /** MSP id of their organisation, which is no party */
  organisation: organisationId,
  /** from then on they are told nothing */
  until: instant,
});

/** A physician elsewhere who learns of a therapy what its own physicians do, for a time. */
export interface Admitted extends ReadOnly<z.infer<typeof admittedSchema>> {}

export const therapySchema = z.strictObject({
  noun: z.literal('therapy'),
  coi,
  /** the patient's pseudonym in this programme */
  patient: actorId,
  process: processSchema,
  /** MSP ids of the members that take part in it */
  parties: z.array(organisationId),
  /** physicians elsewhere by emergency access; those whose time is over go with the next */
  admitted: z.array(admittedSchema).exactOptional(),
  /** of a blinded one: that the patient is assigned to an arm, and who knows of which */
  arm: assignedArmSchema.exactOptional(),
  /** physicians who read the arm by emergency unblinding */
  unblinded: z.array(unblindedSchema).exactOptional(),
  /** MSP id of the one party whose quality decides on what is made */
  quality: organisationId,
  jurisdiction: country,
  orderLines: z.array(orderLineSchema),
  ordered: signedSchema,
  /** by which versions of its process it was done before, each with quality's decision to go on by the next */
  migrations: z.array(signedSchema.extend({ from: processSchema })).exactOptional(),
  /** who ended it before its last dose, each with the commitment to why, in the order of their words */
  halts: z.array(signedSchema.extend({ commitment: z.string() })).exactOptional(),
  /** of one that was halted: when the patient wants destroyed what is to be destroyed, by the last word */
  destruction: signedSchema.extend({ when: timeOfDestruction }).exactOptional(),
  /** of one that was halted: that each of its things has its disposal */
  closed: signedSchema.exactOptional(),
  ...blockable,
});

/** One patient's course of one product, under its chain of identity. */
export interface Therapy extends ReadOnly<z.infer<typeof therapySchema>> {}

/** Whether somebody ended the therapy, and did not by mistake. */
export function isHalted({ halts = [] }: Pick<Therapy, 'halts'>): boolean {
  return halts.length > 0;
}

export const therapyNoun = defineNoun<Therapy>()({
  noun: 'therapy',
  schema: therapySchema,
  under: 'therapy',
  key: ['coi'],
  read: { contract: 'therapy', readers: 'parties' },
});
