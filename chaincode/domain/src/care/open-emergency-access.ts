import { z } from 'zod';
import { accessUntil, admittedAt, repeatedIn } from '../alerts/emergency-access.js';
import { explanationContent } from '../commands/annex.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import type { EmergencyAccess } from '../nouns/emergency-access.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import { ofParty } from '../standing/people.js';
import { everybodyEntitled } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';
import { accessReason } from '../values/words.js';

const openEmergencyAccessBody = z.strictObject({
  coi,
  emergencyAccess: localId,
  reason: accessReason,
});

export const openEmergencyAccess = definePermission({
  type: 'care:OpenEmergencyAccess',
  roles: ['clinician'],
  signature: 'own',
  annexes: [{ name: 'explanation', required: true, content: explanationContent }],
  body: openEmergencyAccessBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const { definition } = await reader.processOf(therapy);
    return {
      therapy,
      definition,
      accesses: await reader.range('emergency-access', { coi: body.coi }),
    };
  },
  standing: everybodyEntitled,
  // what was learnt cannot be unlearnt: the review says that it was a mistake, and ends it
  annulling: 'never',
  decide: decideOpenEmergencyAccess,
});

export interface OpenAccessState {
  readonly therapy: Therapy;
  readonly definition: Pick<ProcessDefinition, 'emergencyAccessMinutes'>;
  /** every one that was opened in the therapy before */
  readonly accesses: readonly EmergencyAccess[];
}

/**
 * A patient is brought to a hospital that is no party: its physician learns at once, and without anybody's leave, what the
 * therapy's own physicians do, alone and for the process's minutes. It gives no standing. Who is of a party needs none, nor
 * does who has one that is open, which a review would not end with the other. Whose last one was not justified is not kept
 * out either, for the patient may be in danger this time: it names those before, and is looked at at once.
 */
export function decideOpenEmergencyAccess(
  { therapy, definition, accesses }: OpenAccessState,
  command: Command<z.infer<typeof openEmergencyAccessBody>>,
  context: Context,
): PermissionDecision {
  const { coi: ofTherapy, emergencyAccess: id, reason } = command.body;
  const { id: actor, organisation } = context.actor;
  const subject = `emergency-access ${id}`;
  const reasons: Reason[] = [];
  if (accesses.some((each) => each.id === id))
    reasons.push({ code: 'IDENTIFIER_TAKEN', subject, found: id });
  if (ofParty(therapy, context)) {
    const expected = 'somebody of no party';
    reasons.push({ code: 'ALREADY_A_PARTY', subject, expected, found: organisation });
  }
  const admitted = admittedAt(therapy, context.transactionTime);
  const own = admitted.find((each) => each.actor === actor);
  if (own) reasons.push({ code: 'ALREADY_ADMITTED', subject, found: own.access });
  return permitUnless(reasons, () => {
    const opened = signedBy(command, context);
    const until = accessUntil(definition, opened);
    return [
      {
        noun: 'emergency-access',
        ...{ coi: ofTherapy, id, organisation, reason, opened, until },
        explanation: command.annex?.['explanation'] ?? '',
        ...repeatedIn(accesses, context),
      },
      { ...therapy, admitted: [...admitted, { access: id, actor, organisation, until }] },
    ];
  });
}
