import {
  actorId,
  coi,
  digest,
  type EntityOf,
  type HandOff,
  instant,
  type Item,
  itemId,
  labelRead,
  organisationId,
} from '@veinledger/domain';
import { z } from 'zod';
import { attemptOf, blockers, cleared, exactOptional, signed } from './vocabulary.js';

const handOffVerdict = z.enum(['accepted', 'rejected', 'misdelivered']);
const holder = z.strictObject({
  organisation: organisationId,
  actor: actorId,
  principal: exactOptional(actorId),
});
const custodyStates = ['in-custody', 'in-transit', 'consumed', 'administered', 'disposed'] as const;

export const item = z.strictObject({
  noun: z.literal('item'),
  coi,
  id: itemId,
  kind: z.string(),
  parents: z.array(z.strictObject({ coi, id: itemId })),
  holder,
  custody: z.enum(custodyStates),
  range: z.strictObject({
    temperatureMinC: exactOptional(z.number()),
    temperatureMaxC: exactOptional(z.number()),
  }),
  collected: exactOptional(
    z.strictObject({ by: actorId, occasion: z.string(), confirmedBy: exactOptional(actorId) }),
  ),
  producedBy: exactOptional(attemptOf),
  design: exactOptional(z.string()),
  batch: exactOptional(z.string()),
  useBy: exactOptional(instant),
  handOff: exactOptional(
    z.strictObject({ id: z.string(), verdict: z.enum([...handOffVerdict.options, 'pending']) }),
  ),
  signatures: z.array(signed),
  blockers,
  cleared,
}) satisfies z.ZodType<Item>;

/** An item with the state that people see. */
export const itemWithState = item.extend({ state: z.enum([...custodyStates, 'quarantined']) });

export const handOff = z.strictObject({
  noun: z.literal('hand-off'),
  coi,
  id: z.string(),
  item: itemId,
  release: exactOptional(
    z.strictObject({
      command: digest,
      by: holder,
      to: organisationId,
      at: instant,
      sscc: exactOptional(z.string()),
      seals: z.array(z.string()),
      condition: z.string(),
      logger: exactOptional(z.string()),
      labelRead,
      identityCheck: z.string(),
    }),
  ),
  receipts: z.array(
    z.strictObject({
      command: digest,
      by: holder,
      verdict: handOffVerdict,
      reason: exactOptional(z.string()),
      at: instant,
      seals: z.array(z.string()),
      condition: z.string(),
      labelRead,
    }),
  ),
}) satisfies z.ZodType<HandOff>;

export const readings = z.strictObject({
  noun: z.literal('readings'),
  coi,
  id: z.string(),
  item: itemId,
  logger: z.string(),
  count: z.int().min(1),
  minC: z.number(),
  maxC: z.number(),
  from: instant,
  until: instant,
  excursions: z.int().min(0),
}) satisfies z.ZodType<EntityOf<'readings'>>;
