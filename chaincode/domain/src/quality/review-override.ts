import { z } from 'zod';
import { reviewDue } from '../alerts/override-review.js';
import { investigationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import type { Override } from '../nouns/override.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import { onlyQuality } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';
import { minutesAfter } from '../values/time.js';
import { reviewFinding } from '../values/words.js';

const reviewOverrideBody = z.strictObject({ coi, dose: localId, finding: reviewFinding });

export const reviewOverride = definePermission({
  type: 'quality:ReviewOverride',
  roles: ['quality'],
  signature: 'own',
  annexes: [{ name: 'investigation', required: true, content: investigationContent }],
  body: reviewOverrideBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const { definition } = await reader.processOf(therapy);
    const override = await reader.get('override', { coi: body.coi, id: body.dose });
    return { therapy, definition, override };
  },
  standing: ({ therapy }, _command, context) => onlyQuality(therapy, context),
  annulling: 'never',
  decide: decideReviewOverride,
});

export interface ReviewState {
  readonly override: Override | undefined;
  readonly definition: Pick<ProcessDefinition, 'overrideReviewHours'>;
}

/**
 * Quality looks at an emergency override afterwards, and says what it finds (A11): by nobody who signed it. How late that
 * is stands in the review.
 */
export function decideReviewOverride(
  { override, definition }: ReviewState,
  command: Command<z.infer<typeof reviewOverrideBody>>,
  context: Context,
): PermissionDecision {
  const { dose, finding } = command.body;
  const subject = `dose ${dose}`;
  const due = override && reviewDue(definition, override);
  if (!override || due === undefined) {
    const expected = 'an override that two have signed';
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_OVERRIDE', subject, expected }] };
  }
  const reasons: Reason[] = [];
  if (override.reviewed) {
    reasons.push({ code: 'ALREADY_REVIEWED', subject, found: override.reviewed.actor });
  }
  if (override.signatures.some((each) => isOwnSignature(each, context))) {
    const found = context.principal;
    reasons.push({ code: 'SAME_PERSON', subject, expected: 'another person', found });
  }
  return permitUnless(reasons, () => [
    {
      ...override,
      reviewed: {
        ...signedBy(command, context),
        finding,
        investigation: command.annex?.['investigation'] ?? '',
        overdueMinutes: minutesAfter(due, context.transactionTime),
      },
    },
  ]);
}
