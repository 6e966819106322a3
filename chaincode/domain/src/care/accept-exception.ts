import { z } from 'zod';
import { ofAcceptance } from '../annulling/exception.js';
import { explanationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import { readRecipient, type Recipient } from '../consent/uses.js';
import { weighConsents } from '../consent/weigh-consents.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { reasonsOfHalt } from '../gates/blocks.js';
import { reasonsOfConsent, usesOfException } from '../gates/consent.js';
import { isEvaluatedOf, missingFrom, reasonsOfNoException } from '../gates/exception.js';
import { statementsOfException } from '../graph/statements.js';
import { findSuspects } from '../registry/suspects.js';
import { reasonsOfSuspects, type Suspect } from '../registry/suspicion.js';
import { readForRelease, type ReleaseBatchState } from '../manufacturing/release-batch.js';
import type { Exception } from '../nouns/exception.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import { exceptableOf } from '../quality/evaluate-exception.js';
import { onlyParties } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';

const acceptExceptionBody = z.strictObject({ coi, exception: localId });

export interface AcceptState extends ReleaseBatchState {
  readonly exception: Exception | undefined;
  readonly consents: readonly WeighedConsent[];
  readonly recipient: Recipient;
  /** its request or its evaluation, where compromised keys signed them */
  readonly doubted: readonly Suspect[];
}

export const acceptException = definePermission({
  type: 'care:AcceptException',
  roles: ['clinician'],
  signature: 'own',
  annexes: [{ name: 'explanation', required: true, content: explanationContent }],
  body: acceptExceptionBody,
  scope: therapyScope,
  reads: async (reader, { body }, { actor }): Promise<AcceptState> => {
    const exception = await reader.get('exception', { coi: body.coi, id: body.exception });
    const named = { body: { coi: body.coi, batch: exception?.batch ?? '' } };
    const state = await readForRelease(reader, named);
    const consents = await weighConsents(reader, state.therapy.patient);
    const recipient = await readRecipient(reader, actor.organisation, consents);
    const signed = exception ? statementsOfException(exception) : [];
    const doubted = await findSuspects(reader, body.coi, signed);
    return { exception, ...state, consents, recipient, doubted };
  },
  standing: ({ therapy }, _command, context) => onlyParties(therapy, context),
  annulling: ofAcceptance,
  decide: decideAcceptException,
});

/**
 * A physician accepts what the manufacturer evaluated and would supply, with the patient's informed consent (A11). From
 * then on it stands in the place of the certification and of the checks of safety that the evaluation names, and of nothing
 * that has failed since.
 */
export function decideAcceptException(
  state: AcceptState,
  command: Command<z.infer<typeof acceptExceptionBody>>,
  context: Context,
): PermissionDecision {
  const { exception, batch, consents, recipient } = state;
  const subject = `exception ${command.body.exception}`;
  if (!exception || exception.annulled || !batch) {
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_EXCEPTION', subject }] };
  }
  const { evaluated } = exception;
  const { transactionTime: at } = context;
  const reasons: Reason[] = [
    ...reasonsOfNoException(state.whole),
    ...reasonsOfHalt(state.whole.therapy),
    ...reasonsOfSuspects(state.doubted),
  ];
  if (exception.accepted) reasons.push({ code: 'ALREADY_DECIDED', subject });
  if (batch.recall) {
    reasons.push({ code: 'RECALLED', subject: `batch ${batch.id}`, found: batch.recall.reason });
  }
  if (evaluated?.finding !== 'supply') {
    const found = evaluated?.finding ?? 'no evaluation';
    reasons.push({ code: 'NOT_EVALUATED', subject, expected: 'supply', found });
  } else {
    const since = missingFrom(evaluated.covered, exceptableOf(state, batch, at));
    for (const each of since) {
      const found = [each.code, each.subject].join(' ');
      reasons.push({
        code: 'EVALUATION_OUTDATED',
        subject,
        expected: 'an evaluation of it',
        found,
      });
    }
    if (!isEvaluatedOf(exception, batch)) {
      const found = `recorded anew at ${batch.recorded.time}`;
      reasons.push({
        code: 'EVALUATION_OUTDATED',
        subject,
        expected: 'an evaluation of the batch as it is recorded',
        found,
      });
    }
    if (isOwnSignature(evaluated, context)) {
      const found = context.principal;
      reasons.push({ code: 'SAME_PERSON', subject, expected: 'another person', found });
    }
  }
  reasons.push(...reasonsOfConsent(consents, usesOfException(recipient, at), false));
  const explanation = command.annex?.['explanation'] ?? '';
  return permitUnless(reasons, () => [
    { ...exception, accepted: { ...signedBy(command, context), explanation } },
  ]);
}
