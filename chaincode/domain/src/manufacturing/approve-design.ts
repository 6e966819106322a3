import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { reasonsAgainstUse, usesMade } from '../consent/evaluate.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { coi, localId } from '../values/identifiers.js';
import { type ProcessDefinition, stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { reasonsOfSuspects, type Suspect } from '../registry/suspicion.js';
import { principalOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { type Ancestry, brokenLinks, reasonsOfOrigin } from './ancestry.js';
import type { Design } from '../nouns/design.js';
import { usesOf } from './start-step.js';
import type { StepAttempt } from '../nouns/step.js';
import { findSuspects } from '../registry/suspects.js';
import { reasonsAgainstNeeds, reasonsOfBlockers } from './needs.js';
import { statementsOf, statementsOfAncestry } from './statements.js';
import { therapyAndDefinition } from './pinned-process.js';
import { walkAncestry } from './walk.js';
import { weighConsents } from '../consent/weigh-consents.js';
import { DESIGN_STEP } from './submit-design.js';

const approveDesignBody = z.strictObject({ coi, design: localId });

export const approveDesign = definePermission({
  type: 'manufacturing:ApproveDesign',
  roles: ['quality'],
  signature: 'own',
  annexes: [],
  body: approveDesignBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const { coi } = body;
    const state = await therapyAndDefinition(reader, coi);
    const design = await reader.get('design', { coi, id: body.design });
    const ancestry = await walkAncestry(reader, [{ kind: 'design', coi, id: body.design }]);
    const { step, attempt } = design?.ranking ?? { step: '', attempt: 0 };
    return {
      ...state,
      design,
      ranking: design && (await reader.get('step', { coi, step, attempt })),
      ancestry,
      consents: await weighConsents(reader, state.therapy.patient),
      suspects: await findSuspects(reader, coi, [
        ...statementsOf(state.therapy),
        ...statementsOfAncestry(ancestry),
      ]),
    };
  },
  decide: decideApproveDesign,
});

export interface ApproveState {
  readonly therapy: Therapy;
  readonly definition: ProcessDefinition;
  readonly design: Design | undefined;
  readonly ranking: StepAttempt | undefined;
  readonly ancestry: Ancestry;
  readonly consents: readonly WeighedConsent[];
  /** what the design rests on that was signed with compromised keys */
  readonly suspects: readonly Suspect[];
}

/** Gate H2, the second signature: quality approves what another person designed, on data that nothing blocks. */
export function decideApproveDesign(
  state: ApproveState,
  command: Command<z.infer<typeof approveDesignBody>>,
  context: Context,
): PermissionDecision {
  const { design, therapy } = state;
  const step = stepOf(state.definition, DESIGN_STEP);
  const subject = `design ${command.body.design}`;
  if (!design || !step)
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_DESIGN', subject }] };
  const reasons: Reason[] = [];
  if (design.approved)
    reasons.push({ code: 'ALREADY_APPROVED', subject, found: design.approved.command });
  if (principalOf(design.submitted) === context.principal) {
    reasons.push({
      code: 'SAME_PERSON',
      subject,
      expected: 'another person than the designer',
      found: context.principal,
    });
  }
  const uses = usesOf(step, context);
  const attempts = state.ranking ? [state.ranking] : [];
  reasons.push(
    ...uses.flatMap((use) => reasonsAgainstUse(state.consents, use)),
    ...reasonsAgainstNeeds(state.definition, step, { attempts, design, batch: undefined }),
    ...brokenLinks(state.ancestry, therapy.coi),
    ...reasonsOfOrigin(state.ancestry),
    ...reasonsOfBlockers(therapy),
    ...reasonsOfSuspects(state.suspects),
  );
  return permitUnless(reasons, () => [
    { ...design, approved: signedBy(command, context) },
    ...usesMade(state.consents, uses, command.id),
  ]);
}
