import { z } from 'zod';
import { actorId, instant, organisationId } from '../values/identifiers.js';
import { role } from '../values/roles.js';
import { milliseconds } from '../values/time.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

export const periodOnDutySchema = z.strictObject({
  from: instant,
  /** exclusive */
  until: instant,
  /** who is called, in this order */
  people: z.array(actorId).min(1).max(4),
});

/** Who is on duty for a time. */
export interface PeriodOnDuty extends ReadOnly<z.infer<typeof periodOnDutySchema>> {}

export const rotaSchema = z.strictObject({
  noun: z.literal('rota'),
  /** MSP id */
  organisation: organisationId,
  role,
  /** in the order of time; none overlaps another */
  periods: z.array(periodOnDutySchema),
  /** who is called when nobody on duty answered, in this order */
  deputies: z.array(actorId),
  /** the organisation's management: who is called last, of whatever role */
  management: z.array(actorId),
  recorded: signedSchema,
});

/** Whom an organisation has on call for one role. Their telephone numbers stand on no ledger. */
export interface Rota extends ReadOnly<z.infer<typeof rotaSchema>> {}

export const rotaNoun = defineNoun<Rota>()({
  noun: 'rota',
  schema: rotaSchema,
  key: ['organisation', 'role'],
  read: { contract: 'registry', readers: 'members' },
});

/**
 * Who is on duty, in the order in which they are called; nobody where no period covers the time.
 * @param at RFC 3339
 */
export function onDutyAt({ periods }: Pick<Rota, 'periods'>, at: string): readonly string[] {
  const now = milliseconds(at);
  const period = periods.find(
    ({ from, until }) => milliseconds(from) <= now && now < milliseconds(until),
  );
  return period?.people ?? [];
}
