import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { type CareState, ofConsent, onlyWhoCares, readCare } from './care.js';
import { isOpenQuestion } from './stands.js';

const recordTalkBody = z.strictObject(ofConsent);

export const recordTalk = definePermission({
  type: 'consent:RecordTalk',
  roles: ['clinician'],
  signature: 'own',
  annexes: [],
  body: recordTalkBody,
  scope: underPatient,
  reads: readCare,
  standing: onlyWhoCares,
  annulling: 'never',
  decide: decideRecordTalk,
});

/** A physician talked with the patient about what is asked; the time to think begins with the last such talk. */
export function decideRecordTalk(
  { ofPurpose }: CareState,
  command: Command<z.infer<typeof recordTalkBody>>,
  context: Context,
): PermissionDecision {
  const { consent: named } = command.body;
  const subject = `consent ${named}`;
  const question = ofPurpose.find(({ id }) => id === named);
  if (!question) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_CONSENT', subject }] };
  const expected = 'requested or deferred';
  const reasons: readonly Reason[] = isOpenQuestion(question)
    ? []
    : [{ code: 'CONSENT_NOT_OPEN', subject, expected, found: question.state }];
  return permitUnless(reasons, () => [{ ...question, talk: signedBy(command, context) }]);
}
