import { z } from 'zod';
import { organisationId } from '../values/identifiers.js';
import { standing } from '../values/words.js';
import { algorithmSchema } from './algorithm.js';
import { defineNoun, type ReadOnly } from './noun.js';

/** A member as governance counts it. */
const memberSchema = z.strictObject({ id: organisationId, standing });

export interface MemberStanding extends ReadOnly<z.infer<typeof memberSchema>> {}

export const governanceSchema = z.strictObject({
  noun: z.literal('governance'),
  members: z.array(memberSchema),
  /** the algorithm registry: by what commands are signed */
  algorithms: z.array(algorithmSchema),
  /** how many proposals took effect */
  changes: z.int().min(0),
});

/**
 * Who decides, and by what is signed. Every command reads it, since only active members act; every vote reads it, and
 * one that takes effect writes it, so that of two votes that would both decide the ledger lets one pass, and the other
 * counts anew.
 */
export interface Governance extends ReadOnly<z.infer<typeof governanceSchema>> {}

export const governanceNoun = defineNoun<Governance>()({
  noun: 'governance',
  schema: governanceSchema,
  under: 'consortium',
  key: [],
});
