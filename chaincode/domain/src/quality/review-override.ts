import { z } from 'zod';
import { reviewDue } from '../alerts/override-review.js';
import { investigationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import type { Override } from '../nouns/override.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import { onlyQuality } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';
import { reviewFinding } from '../values/words.js';
import { reasonsAgainstReview, reviewOf } from './reviewed.js';

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
  const subject = `dose ${command.body.dose}`;
  const due = override && reviewDue(definition, override);
  if (!override || due === undefined) {
    const expected = 'an override that two have signed';
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_OVERRIDE', subject, expected }] };
  }
  const reasons = reasonsAgainstReview(subject, override, override.signatures, context);
  return permitUnless(reasons, () => [{ ...override, reviewed: reviewOf(command, context, due) }]);
}
