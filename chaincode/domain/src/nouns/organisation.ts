import { z } from 'zod';
import { actorId, organisationId } from '../values/identifiers.js';
import { country } from '../values/country.js';
import { role } from '../values/roles.js';
import { standing } from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';

export const organisationSchema = z.strictObject({
  noun: z.literal('organisation'),
  /** its MSP id */
  id: organisationId,
  /** where its peers and vaults stand */
  country,
  /** the roles that its registrars may grant */
  grantable: z.array(role),
  /** actors who sign for it: one at least, each alone */
  registrars: z.array(actorId),
  standing,
});

/** A member of the consortium. */
export interface Organisation extends ReadOnly<z.infer<typeof organisationSchema>> {}

export const organisationNoun = defineNoun<Organisation>()({
  noun: 'organisation',
  schema: organisationSchema,
  key: ['id'],
});
