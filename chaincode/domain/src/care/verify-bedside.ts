import { z } from 'zod';
import { ofVerification } from '../annulling/care.js';
import { type Command, therapyScope } from '../commands/command.js';
import { defineFact } from '../commands/define.js';
import { admitItem, reportedOf } from '../custody/resolve.js';
import { isSaidAgain } from '../custody/said.js';
import type { NamedItem } from '../nouns/named-item.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { actorId, coi, digest, itemId, localId } from '../values/identifiers.js';
import { isPatient } from '../nouns/actor.js';
import { effectiveOf, signedBy } from '../nouns/signed.js';
import type { Therapy } from '../nouns/therapy.js';
import type { Verification } from '../nouns/verification.js';
import { patientToken } from '../values/words.js';
import { alarmUnless, itemNamed } from '../standing/claim.js';
import { MAX_ALARMS_SEEN } from '../standing/alarms.js';
import { ofParty } from '../standing/people.js';

const verifyBedsideBody = z.strictObject({
  coi,
  verification: localId,
  /** the product whose label was scanned */
  item: itemId,
  labelCoi: coi,
  /** how the patient was identified; `witnessed` where neither wristband nor device can be read */
  token: patientToken,
  /** the pseudonym that the token gave */
  patient: actorId,
  /** alarms about the product that this person looked into, by the commands that raised them */
  alarmsSeen: z.array(digest).min(1).max(MAX_ALARMS_SEEN).optional(),
});

export const verifyBedside = defineFact({
  type: 'care:VerifyBedside',
  roles: ['nurse', 'clinician', 'pharmacist', 'patient'],
  signature: 'own',
  annexes: [],
  body: verifyBedsideBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({
    therapy: await reader.therapy(body.coi),
    existing: await reader.get('verification', { coi: body.coi, id: body.verification }),
    named: await reader.named(body.coi, body.item),
  }),
  standing: ({ therapy, named }, { body }, context) =>
    alarmUnless(ofParty(therapy, context), {
      subject: itemNamed(body.coi, named),
      claim: body.labelCoi === body.coi && body.patient === therapy.patient ? 'other' : 'identity',
    }),
  annulling: ofVerification,
  decide: decideVerifyBedside,
});

export interface VerifyState {
  readonly therapy: Therapy;
  readonly existing: Verification | undefined;
  readonly named: NamedItem;
}

/** Gate H6, one person's half: product and patient were compared at the bedside. A mismatch is critical. */
export function decideVerifyBedside(
  state: VerifyState,
  command: Command<z.infer<typeof verifyBedsideBody>>,
  context: Context,
): FactDecision {
  const { body } = command;
  const { therapy } = state;
  if (isSameCheck(state, command.body, context)) return saidAgain();
  const recording = new Recording(command, context);
  const item = admitItem(recording, reportedOf(therapy, state.named), command, context);
  if (state.existing) {
    const finding = {
      code: 'IDENTIFIER_TAKEN',
      classification: 'major',
      found: body.verification,
    } as const;
    return recording.deviate(finding, item).done();
  }
  const ownWord = !isPatient(context.actor) || context.actor.id === therapy.patient;
  const rightPatient = body.patient === therapy.patient && ownWord;
  const rightLabel = body.labelCoi === therapy.coi;
  // what nobody has registered is nothing that could be given
  const rightItem = item.coi === therapy.coi && item.kind !== 'unidentified';
  const signed = signedBy(command, context);
  recording.about(item, item.heldSince).put({
    noun: 'verification',
    coi: therapy.coi,
    id: body.verification,
    by: { ...signed, roles: context.actor.roles },
    token: body.token,
    ...(rightItem ? { item: item.id } : {}),
    ...(body.patient === therapy.patient ? { patient: body.patient } : {}),
    ...(rightLabel ? { labelCoi: body.labelCoi } : {}),
    verifiedAt: effectiveOf(signed),
    matches: rightPatient && rightLabel && rightItem,
    ...(body.alarmsSeen === undefined ? {} : { alarmsSeen: body.alarmsSeen }),
  });
  if (!rightPatient) {
    recording.deviate(
      {
        code: 'PATIENT_MISMATCH',
        classification: 'critical',
        expected: therapy.patient,
        found: 'another patient',
      },
      item,
    );
  }
  if (!rightLabel) {
    recording.deviate(
      {
        code: 'LABEL_MISMATCH',
        classification: 'critical',
        expected: therapy.coi,
        found: 'the label of another therapy',
      },
      item,
    );
  }
  return recording.done();
}

/** Whether the same person told this very check before; one that did not match is told anew. */
function isSameCheck(
  { existing, named }: VerifyState,
  body: z.infer<typeof verifyBedsideBody>,
  context: Context,
): boolean {
  if (existing?.matches !== true || named.known !== 'own') return false;
  const { by, item, token, patient, labelCoi } = existing;
  const words = { item: named.item.id, token: body.token };
  const said = { ...words, patient: body.patient, labelCoi: body.labelCoi };
  return isSaidAgain({ by, words: { item, token, patient, labelCoi } }, said, context);
}
