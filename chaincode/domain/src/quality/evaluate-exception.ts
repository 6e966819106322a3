import { z } from 'zod';
import { investigationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { distinct } from '../gates/chain.js';
import { isExceptable } from '../gates/exception.js';
import {
  readForRelease,
  reasonsAgainstBatch,
  type ReleaseBatchState,
} from '../manufacturing/release-batch.js';
import { makersOf } from '../graph/makers.js';
import type { Batch } from '../nouns/batch.js';
import type { Exception } from '../nouns/exception.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, personAsking, signedBy } from '../nouns/signed.js';
import { onlyQuality } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';
import { exceptionFinding } from '../values/words.js';

const evaluateExceptionBody = z.strictObject({
  coi,
  exception: localId,
  finding: exceptionFinding,
});

export interface EvaluateState extends ReleaseBatchState {
  readonly exception: Exception | undefined;
}

export const evaluateException = definePermission({
  type: 'quality:EvaluateException',
  roles: ['quality', 'release-person'],
  signature: 'own',
  annexes: [{ name: 'investigation', required: true, content: investigationContent }],
  body: evaluateExceptionBody,
  scope: therapyScope,
  reads: async (reader, { body }): Promise<EvaluateState> => {
    const exception = await reader.get('exception', { coi: body.coi, id: body.exception });
    const named = { body: { coi: body.coi, batch: exception?.batch ?? '' } };
    return { exception, ...(await readForRelease(reader, named)) };
  },
  standing: ({ therapy }, _command, context) => onlyQuality(therapy, context),
  annulling: 'never',
  decide: decideEvaluateException,
});

/** What stands against a batch that an exception may stand in the place of. */
export function exceptableOf(
  state: ReleaseBatchState,
  batch: Batch,
  transactionTime: string,
): readonly Reason[] {
  const uncertified: readonly Reason[] = batch.certification
    ? []
    : [{ code: 'BATCH_NOT_RELEASED', subject: `batch ${batch.id}` }];
  const against = reasonsAgainstBatch(state, batch, { transactionTime });
  return distinct([...uncertified, ...against]).filter(isExceptable);
}

/**
 * The manufacturer's quality evaluates what it would mean to give a batch outside its specification, and says whether it
 * supplies it (A11). By nobody who made anything of it (E3). It may be evaluated anew until a physician has accepted it.
 */
export function decideEvaluateException(
  state: EvaluateState,
  command: Command<z.infer<typeof evaluateExceptionBody>>,
  context: Context,
): PermissionDecision {
  const { exception, batch, whole, tested } = state;
  const { exception: id, finding } = command.body;
  const subject = `exception ${id}`;
  if (!exception || exception.annulled || !batch) {
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_EXCEPTION', subject }] };
  }
  const found = context.principal;
  const reasons: Reason[] = [];
  if (exception.accepted) reasons.push({ code: 'ALREADY_DECIDED', subject });
  if (isOwnSignature(exception.requested, context)) {
    reasons.push({ code: 'SAME_PERSON', subject, expected: 'another person', found });
  }
  const makers = makersOf(whole, tested);
  if ([context.principal, personAsking(context)].some((each) => makers.has(each))) {
    reasons.push({ code: 'MAKER', subject: `batch ${batch.id}`, found });
  }
  return permitUnless(reasons, () => [
    {
      ...exception,
      evaluated: {
        ...signedBy(command, context),
        finding,
        investigation: command.annex?.['investigation'] ?? '',
        covered: exceptableOf(state, batch, context.transactionTime).map((each) => ({ ...each })),
      },
    },
  ]);
}
