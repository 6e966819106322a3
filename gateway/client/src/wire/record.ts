import {
  actorId,
  type CommandRecord,
  digest,
  instant,
  lateReason,
  organisationId,
} from '@veinledger/domain';
import { z } from 'zod';

const { exactOptional } = z;

/** A code of a reason, a deviation or a blocker. */
export const anyCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/)
  .max(64);

/** What a command is about. */
export const scope = z.strictObject({
  kind: z.enum(['therapy', 'patient', 'lot', 'run', 'consortium']),
  id: z.string().max(80),
});

/** Why a permission was refused. */
export const reason = z.strictObject({
  code: anyCode,
  subject: exactOptional(z.string()),
  expected: exactOptional(z.string()),
  found: exactOptional(z.string()),
});

/** What became of one check. */
export const verdict = z.strictObject({
  check: z.string(),
  verdict: z.enum(['pass', 'fail', 'missing', 'unexpected']),
});

const transactionId = z.string().regex(/^[0-9a-f]{64}$/);

/** The ledger's record of one command. */
export const commandRecord = z.strictObject({
  noun: z.literal('record'),
  scope,
  commandId: digest,
  transactionId,
  transactionTime: instant,
  type: z.string(),
  kind: z.enum(['permission', 'fact']),
  actor: actorId,
  organisation: organisationId,
  /** the person behind a device with an open session */
  principal: exactOptional(actorId),
  at: instant,
  lateReason: exactOptional(lateReason),
  lateEntry: z.boolean(),
  outcome: z.enum(['permitted', 'refused', 'recorded']),
  reasons: z.array(reason),
  verdicts: z.array(verdict),
  deviations: z.array(
    z.strictObject({
      id: z.string(),
      code: anyCode,
      classification: z.enum(['minor', 'major', 'critical']),
    }),
  ),
  changed: z.array(z.string()),
  annex: z.record(z.string(), digest),
}) satisfies z.ZodType<CommandRecord>;

/** Beside what was signed with compromised keys: whose, since when, and quality's confirmation of it. */
export const suspectMark = z.strictObject({
  actor: actorId,
  since: instant,
  confirmedBy: exactOptional(digest),
});

/** A record as it is read, marked where it is suspect. */
export const markedRecord = commandRecord.extend({ suspect: exactOptional(suspectMark) });

/** The record with the block that holds its transaction. */
export const receipt = commandRecord.extend({ block: z.int().min(0) });

export type Receipt = CommandRecord & { readonly block: number };

/** A receipt with the signed command itself, as it stands in the block. */
export const committedCommand = z.strictObject({
  receipt: receipt.extend({ suspect: exactOptional(suspectMark) }),
  jws: z.string(),
});

export type CommittedCommand = z.infer<typeof committedCommand>;
