import { z } from 'zod';
import { actorId, anyCode, digest, instant, organisationId } from '../values/identifiers.js';
import {
  classification,
  COMMAND_DECISIONS,
  commandKind,
  effectOfFact,
  lateReason,
} from '../values/words.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { reasonSchema, verdictSchema } from './reason.js';
import { scopeSchema } from './scope.js';

export const recordSchema = z.strictObject({
  noun: z.literal('record'),
  scope: scopeSchema,
  commandId: digest,
  transactionId: z.string().regex(/^[0-9a-f]{64}$/),
  transactionTime: instant,
  type: z.string(),
  kind: commandKind,
  actor: actorId,
  organisation: organisationId,
  /** the person behind a device's attributed entry */
  principal: actorId.exactOptional(),
  /** keyed digest of the natural person who answers for it */
  person: digest.exactOptional(),
  /** when it happened, by the actor's word */
  at: instant,
  lateReason: lateReason.exactOptional(),
  lateEntry: z.boolean(),
  decision: z.enum(COMMAND_DECISIONS),
  /** of a fact: whether it took effect, or raised an alarm and moved nothing */
  effect: effectOfFact.exactOptional(),
  reasons: z.array(reasonSchema),
  verdicts: z.array(verdictSchema),
  /** those that it opened */
  deviations: z.array(z.strictObject({ id: z.string(), code: anyCode, classification })),
  /** what it changed, in short names */
  changed: z.array(z.string()),
  /** digests of its annexes, by name */
  annex: z.record(z.string(), digest),
});

/**
 * The ledger's record of one command, which is also the receipt that its transaction returns: the decision, never the
 * envelope, which stands in the block.
 */
export interface CommandRecord extends ReadOnly<z.infer<typeof recordSchema>> {}

export const recordNoun = defineNoun<CommandRecord>()({
  noun: 'record',
  schema: recordSchema,
  apart: true,
  key: ['scope', 'transactionTime', 'commandId'],
});
