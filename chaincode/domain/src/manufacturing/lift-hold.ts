import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { coi, localId } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { unblock } from '../nouns/subject.js';
import type { Hold } from '../nouns/hold.js';
import type { BlockableEntity } from '../nouns/registry.js';
import type { Therapy } from '../nouns/therapy.js';
import { liftingRole } from '../values/words.js';
import { lifterOf, readParties } from './lifter.js';
import { onlyLifters } from '../standing/hold.js';

const liftHoldBody = z.strictObject({ coi, hold: localId });

export const liftHold = definePermission({
  type: 'manufacturing:LiftHold',
  roles: liftingRole.options,
  signature: 'own',
  annexes: [],
  body: liftHoldBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const hold = await reader.get('hold', { coi: body.coi, id: body.hold });
    const subject = hold && (await reader.subject(hold.subject));
    const parties = await readParties(reader, therapy);
    const lifter = hold && lifterOf(hold.liftedByRole, therapy, parties);
    return { therapy, hold: hold && lifter && { ...hold, liftedByRole: lifter }, subject };
  },
  standing: ({ therapy, hold }, _command, context) => onlyLifters(therapy, hold, context),
  annulling: 'never',
  decide: decideLiftHold,
});

export interface LiftState {
  readonly therapy: Therapy;
  /** with the role that lifts it today */
  readonly hold: Hold | undefined;
  readonly subject: BlockableEntity | undefined;
}

/** A hold ends when the role says so that it names, or the one in whose place that is where nobody may have it now. */
export function decideLiftHold(
  state: LiftState,
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
