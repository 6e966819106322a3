import { z } from 'zod';
import { accessReviewDue, withoutAccess } from '../alerts/emergency-access.js';
import { investigationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import type { EmergencyAccess } from '../nouns/emergency-access.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Therapy } from '../nouns/therapy.js';
import { onlyQuality } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';
import { reviewFinding } from '../values/words.js';
import { reasonsAgainstReview, reviewOf } from './reviewed.js';

const reviewEmergencyAccessBody = z.strictObject({
  coi,
  emergencyAccess: localId,
  finding: reviewFinding,
});

export const reviewEmergencyAccess = definePermission({
  type: 'quality:ReviewEmergencyAccess',
  roles: ['quality', 'safety-officer'],
  signature: 'own',
  annexes: [{ name: 'investigation', required: true, content: investigationContent }],
  body: reviewEmergencyAccessBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const { definition } = await reader.processOf(therapy);
    const key = { coi: body.coi, id: body.emergencyAccess };
    return { therapy, definition, access: await reader.get('emergency-access', key) };
  },
  standing: ({ therapy }, _command, context) => onlyQuality(therapy, context),
  annulling: 'never',
  decide: decideReviewEmergencyAccess,
});

export interface ReviewAccessState {
  readonly therapy: Therapy;
  readonly definition: Pick<ProcessDefinition, 'accessReviewHours' | 'escalation'>;
  readonly access: EmergencyAccess | undefined;
}

/**
 * Quality, or its safety officer, looks at an emergency access or unblinding afterwards, and says what it finds: by nobody who opened it. One that was
 * not justified ends with it, where it is open still.
 */
export function decideReviewEmergencyAccess(
  { therapy, definition, access }: ReviewAccessState,
  command: Command<z.infer<typeof reviewEmergencyAccessBody>>,
  context: Context,
): PermissionDecision {
  const { emergencyAccess: id, finding } = command.body;
  const subject = `emergency-access ${id}`;
  if (!access) {
    const expected = 'an emergency access that was opened';
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_ACCESS', subject, expected }] };
  }
  const reasons = reasonsAgainstReview(subject, access, [access.opened], context);
  const { transactionTime: at } = context;
  return permitUnless(reasons, () => {
    const reviewed = reviewOf(command, context, accessReviewDue(definition, access));
    const ended = finding === 'not-justified' ? withoutAccess(therapy, id, at) : undefined;
    return [{ ...access, reviewed }, ...(ended ? [ended] : [])];
  });
}
