import { z } from 'zod';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { type Context, type FactDecision, Recording } from '../commands/decision.js';
import type { BlockableEntity } from '../nouns/registry.js';
import { refOf } from '../nouns/reference.js';
import { coi, localId } from '../values/identifiers.js';
import { signedBy } from '../nouns/signed.js';
import { subjectRef } from '../nouns/subject.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Hold } from '../nouns/hold.js';
import { nameOfSubject } from './report-deviation.js';
import type { Reader } from '../commands/reader.js';
import { alarmUnless } from '../standing/claim.js';
import { ofHold } from '../standing/hold.js';

const placeHoldBody = z.strictObject({
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
});

export const placeHold = defineFact({
  type: 'manufacturing:PlaceHold',
  roles: ['quality', 'release-person', 'safety-officer', 'clinician', 'pharmacist'],
  signature: 'delegable',
  annexes: [],
  body: placeHoldBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    ...(await holdState(reader, body)),
    subject: await reader.subject(body.subject),
  }),
  standing: ({ therapy }, { body: { subject } }, context) =>
    alarmUnless(ofHold(therapy, context), { subject, claim: 'other' }),
  decide: decidePlaceHold,
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
  command: Command<z.infer<typeof placeHoldBody>>,
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
      { code: 'UNKNOWN_SUBJECT', classification: 'major', found: nameOfSubject(body) },
      state.therapy,
    );
  } else if (!own) {
    recording.deviate(
      {
        code: 'FOREIGN_SUBJECT',
        classification: 'critical',
        expected: 'a thing of the therapy named',
        found: nameOfSubject(body),
      },
      state.subject,
      state.therapy,
    );
  }
  return recording.done();
}

/** The therapy of a hold, and what stands under the hold's id. */
export async function holdState(
  reader: Reader,
  body: { readonly coi: string; readonly hold: string },
) {
  return {
    therapy: await reader.therapy(body.coi),
    hold: await reader.get('hold', { coi: body.coi, id: body.hold }),
  };
}
