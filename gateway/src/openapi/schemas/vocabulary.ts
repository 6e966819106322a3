import {
  actorId,
  coi,
  digest,
  instant,
  localId,
  type Signed,
  type SubjectRef,
} from '@veinledger/domain';
import { anyCode } from '@veinledger/client/wire';
import { z } from 'zod';

export { anyCode };

/** Leaves members out instead of setting them to undefined, as the ledger's JSON does. */
export const { exactOptional } = z;

/** Who signed something, by which command, and when it happened. */
export const signed = z.strictObject({
  actor: actorId,
  principal: exactOptional(actorId),
  command: digest,
  at: instant,
  time: instant,
}) satisfies z.ZodType<Signed>;

/** The dispositions and lifts that took blockers away. */
export const cleared = exactOptional(z.array(signed));

export const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('therapy'), coi }),
  z.strictObject({
    kind: z.literal('step'),
    coi,
    id: z.string(),
    attempt: z.int().min(1).max(99),
  }),
  z.strictObject({ kind: z.enum(['item', 'dataset', 'design', 'batch']), coi, id: z.string() }),
]) satisfies z.ZodType<SubjectRef>;

/** Why a thing may not be used. */
export const blockers = z.array(
  z.strictObject({ kind: z.enum(['deviation', 'hold', 'rejected']), id: localId, code: anyCode }),
);

export const attemptOf = z.strictObject({ step: z.string(), attempt: z.int().min(1).max(99) });
