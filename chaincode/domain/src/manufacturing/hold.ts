import { z } from 'zod';
import { type Command, defineFact, definePermission, therapyScope } from '../commands/command.js';
import {
  type Context,
  type FactDecision,
  permitUnless,
  type PermissionDecision,
  Recording,
} from '../commands/decision.js';
import type { BlockableEntity } from '../nouns/registry.js';
import { refOf } from '../nouns/reference.js';
import { coi, localId } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { nameOf, subjectRef, unblock } from '../nouns/subject.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Hold } from '../nouns/hold.js';

export const placeHold = defineFact({
  type: 'manufacturing:PlaceHold',
  roles: ['quality', 'release-person', 'safety-officer', 'clinician', 'pharmacist'],
  signature: 'delegable',
  annexes: [],
  body: z.strictObject({
    coi,
    hold: localId,
    subject: subjectRef,
    reason: z.enum([
      'investigation',
      'safety-signal',
      'patient-ineligible',
      'supplier-notice',
      'regulator',
    ]),
    /** the role that must lift it */
    liftedByRole: z.enum(['quality', 'release-person', 'safety-officer', 'clinician']),
  }),
  scope: therapyScope,
});

export interface HoldState {
  readonly therapy: Therapy;
  readonly hold: Hold | undefined;
  readonly subject: BlockableEntity | undefined;
}

/**
 * Somebody stopped a thing of this therapy. For what the ledger does not know, or knows under another therapy, the
 * whole therapy is stopped.
 */
export function decidePlaceHold(
  state: HoldState,
  command: Command<z.infer<typeof placeHold.body>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const recording = new Recording(command, context);
  const own = state.subject?.coi === body.coi ? state.subject : undefined;
  const subject = own ?? state.therapy;
  if (state.hold) {
    return recording
      .deviate({ code: 'IDENTIFIER_TAKEN', classification: 'major', found: body.hold }, subject)
      .done();
  }
  recording.put({
    noun: 'hold',
    coi: body.coi,
    id: body.hold,
    subject: refOf(subject),
    reason: body.reason,
    liftedByRole: body.liftedByRole,
    placed: signedBy(command, context),
  });
  recording.stop(subject, { kind: 'hold', id: body.hold, code: body.reason });
  if (!state.subject) {
    recording.deviate(
      { code: 'UNKNOWN_SUBJECT', classification: 'major', found: nameOf(body.subject) },
      state.therapy,
    );
  } else if (!own) {
    recording.deviate(
      {
        code: 'FOREIGN_SUBJECT',
        classification: 'critical',
        expected: body.coi,
        found: state.subject.coi,
      },
      state.subject,
      state.therapy,
    );
  }
  return recording.done();
}

export const liftHold = definePermission({
  type: 'manufacturing:LiftHold',
  roles: ['quality', 'release-person', 'safety-officer', 'clinician'],
  signature: 'own',
  annexes: [],
  body: z.strictObject({ coi, hold: localId }),
  scope: therapyScope,
});

/** A hold ends when the role that it names says so. */
export function decideLiftHold(
  state: HoldState,
  command: Command<z.infer<typeof liftHold.body>>,
  context: Context,
): PermissionDecision {
  const { hold } = state;
  const subject = `hold ${command.body.hold}`;
  if (!hold) return { outcome: 'refused', reasons: [{ code: 'UNKNOWN_HOLD', subject }] };
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
