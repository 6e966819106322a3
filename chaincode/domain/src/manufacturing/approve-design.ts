import { z } from 'zod';
import { ofApproval } from '../annulling/manufacturing.js';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import {
  type Asking,
  type Context,
  permitUnless,
  type PermissionDecision,
} from '../commands/decision.js';
import { reasonsAgainstUse, usesMade } from '../consent/evaluate.js';
import { readRecipient, type Recipient, usesOfStep } from '../consent/uses.js';
import { weighConsents } from '../consent/weigh-consents.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { reasonsToLook } from '../gates/alarms.js';
import { distinct, reasonsOfChain } from '../gates/chain.js';
import type { Ancestry } from '../graph/ancestry.js';
import { statementsOf, statementsOfAncestry, statementsOfRetests } from '../graph/statements.js';
import { upstreamOf } from '../graph/upstream.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import { stepOf } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { findSuspects } from '../registry/suspects.js';
import { reasonsOfSuspects, type Suspect } from '../registry/suspicion.js';
import { coi, localId } from '../values/identifiers.js';
import { DESIGN_STEP } from './submit-design.js';
import { onlyQuality } from '../standing/refuse.js';

const approveDesignBody = z.strictObject({ coi, design: localId });

export const approveDesign = definePermission({
  type: 'manufacturing:ApproveDesign',
  roles: ['quality'],
  signature: 'own',
  annexes: [],
  body: approveDesignBody,
  scope: therapyScope,
  reads: async (reader, { body }, { actor }) => {
    const { coi, design: id } = body;
    const whole = await readWholeTherapy(reader, coi);
    const { therapy } = whole;
    const ancestry = upstreamOf(whole, [{ kind: 'design', id }]);
    const consents = await weighConsents(reader, therapy.patient);
    const suspects = await findSuspects(reader, coi, [
      ...statementsOf(therapy),
      ...statementsOfAncestry(ancestry),
      ...statementsOfRetests(whole),
    ]);
    const recipient = await readRecipient(reader, actor.organisation, consents);
    return { therapy, whole, ancestry, consents, recipient, suspects };
  },
  standing: ({ therapy }, _command, context) => onlyQuality(therapy, context),
  annulling: ofApproval,
  decide: decideApproveDesign,
});

export interface ApproveState {
  readonly therapy: Therapy;
  readonly whole: WholeTherapy;
  readonly ancestry: Ancestry;
  readonly consents: readonly WeighedConsent[];
  /** whose quality approves it */
  readonly recipient: Recipient;
  /** what the design rests on that was signed with compromised keys */
  readonly suspects: readonly Suspect[];
}

/** Gate H2, the second signature: quality approves what another person designed, on data that nothing blocks. */
export function decideApproveDesign(
  state: ApproveState,
  command: Command<z.infer<typeof approveDesignBody>>,
  context: Context,
): PermissionDecision {
  const { whole, consents, recipient } = state;
  const design = whole.designs.get(command.body.design);
  const step = stepOf(whole.definition, DESIGN_STEP);
  const subject = `design ${command.body.design}`;
  if (!design || !step)
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_DESIGN', subject }] };
  const reasons: Reason[] = [];
  if (design.approved)
    reasons.push({ code: 'ALREADY_APPROVED', subject, found: design.approved.command });
  if (isOwnSignature(design.submitted, context)) {
    reasons.push({
      code: 'SAME_PERSON',
      subject,
      expected: 'another person than the designer',
      found: context.principal,
    });
  }
  reasons.push(...reasonsAgainstDesign(state, design.id, context));
  return permitUnless(distinct(reasons), () => [
    { ...design, approved: signedBy(command, context) },
    ...usesMade(consents, usesOfStep(step, recipient, context.transactionTime), command.id),
  ]);
}

/** Why a design cannot be approved, whoever asks. */
export function reasonsAgainstDesign(
  { whole, ancestry, consents, recipient, suspects }: Omit<ApproveState, 'therapy'>,
  id: string,
  { transactionTime }: Pick<Asking, 'transactionTime'>,
): readonly Reason[] {
  const step = stepOf(whole.definition, DESIGN_STEP);
  const uses = step ? usesOfStep(step, recipient, transactionTime) : [];
  // that it is not approved yet says nothing against its approval
  const chain = reasonsOfChain(whole, ancestry).filter(
    ({ code, subject }) => code !== 'DESIGN_NOT_APPROVED' || subject !== `design ${id}`,
  );
  return [
    ...uses.flatMap((use) => reasonsAgainstUse(consents, use)),
    ...chain,
    ...reasonsToLook(whole, ancestry),
    ...reasonsOfSuspects(suspects),
  ];
}
