import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { coi, localId } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { unblock } from '../nouns/subject.js';
import { type HoldState, holdState } from './place-hold.js';

const liftHoldBody = z.strictObject({ coi, hold: localId });

export const liftHold = definePermission({
  type: 'manufacturing:LiftHold',
  roles: ['quality', 'release-person', 'safety-officer', 'clinician'],
  signature: 'own',
  annexes: [],
  body: liftHoldBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const state = await holdState(reader, body);
    return { ...state, subject: state.hold && (await reader.subject(state.hold.subject)) };
  },
  decide: decideLiftHold,
});

/** A hold ends when the role that it names says so. */
export function decideLiftHold(
  state: HoldState,
  command: Command<z.infer<typeof liftHoldBody>>,
  context: Context,
): PermissionDecision {
  const { hold } = state;
  const subject = `hold ${command.body.hold}`;
  if (!hold) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_HOLD', subject }] };
  const reasons: Reason[] = [];
  if (hold.lifted) reasons.push({ code: 'ALREADY_LIFTED', subject });
  if (!context.actor.roles.includes(hold.liftedByRole)) {
    reasons.push({
      code: 'HOLD_ROLE',
      subject,
      expected: hold.liftedByRole,
      found: context.actor.roles.join(),
    });
  }
  return permitUnless(reasons, () => [
    { ...hold, lifted: signedBy(command, context) },
    unblock(
      state.subject ?? state.therapy,
      { kind: 'hold', id: hold.id },
      signedBy(command, context),
    ),
  ]);
}
