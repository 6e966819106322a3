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
import type { Organisation } from '../nouns/organisation.js';
import { lifterOf, readParties } from './lifter.js';
import { liftingRole } from '../values/words.js';
import { nameOfSubject } from './report-deviation.js';
import { alarmUnless } from '../standing/claim.js';
import { ofQuality } from '../standing/people.js';

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
  liftedByRole: liftingRole,
});

export const placeHold = defineFact({
  type: 'manufacturing:PlaceHold',
  roles: ['quality', 'release-person', 'safety-officer', 'clinician', 'pharmacist'],
  signature: 'delegable',
  annexes: [],
  body: placeHoldBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const subject = await reader.subject(body.subject);
    const coi = subject?.coi ?? body.coi;
    const held = coi === body.coi ? therapy : await reader.therapy(coi);
    const hold = await reader.get('hold', { coi, id: body.hold });
    return { therapy, hold, subject, held, parties: await readParties(reader, held) };
  },
  standing: ({ therapy }, { body: { subject } }, context) =>
    alarmUnless(ofQuality(therapy, context), { subject, claim: 'other' }),
  annulling: 'never',
  decide: decidePlaceHold,
});

export interface PlaceState {
  readonly therapy: Therapy;
  readonly hold: Hold | undefined;
  readonly subject: BlockableEntity | undefined;
  /** the therapy that the subject belongs to */
  readonly held: Therapy;
  /** that therapy's */
  readonly parties: readonly Organisation[];
}

/**
 * The quality that decides stopped a thing. The hold stands in the thing's own therapy, and names a role that somebody there may have.
 * For what the ledger does not know the whole therapy is stopped; what another therapy has is stopped there alone, by
 * whose organisation holds it.
 */
export function decidePlaceHold(
  state: PlaceState,
  command: Command<z.infer<typeof placeHoldBody>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const { held } = state;
  const recording = new Recording(command, context);
  const subject = state.subject ?? state.therapy;
  if (subject.coi !== body.coi) {
    const found = nameOfSubject(body);
    const expected = 'a thing of the therapy named';
    recording.deviate({ code: 'FOREIGN_SUBJECT', classification: 'critical', expected, found });
    recording.about(state.therapy);
    if (!recording.reaches(subject)) return recording.done();
  }
  recording.about(subject);
  if (state.hold) {
    return recording
      .deviate({ code: 'IDENTIFIER_TAKEN', classification: 'major', found: body.hold }, subject)
      .done();
  }
  recording.put({
    noun: 'hold',
    coi: held.coi,
    id: body.hold,
    subject: refOf(subject),
    reason: body.reason,
    liftedByRole: lifterOf(body.liftedByRole, held, state.parties),
    placed: signedBy(command, context),
  });
  recording.stop(subject, { kind: 'hold', id: body.hold, code: body.reason });
  if (!state.subject) {
    recording.deviate(
      { code: 'UNKNOWN_SUBJECT', classification: 'major', found: nameOfSubject(body) },
      state.therapy,
    );
  }
  return recording.done();
}
