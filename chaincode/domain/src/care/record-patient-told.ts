import { ofTelling } from '../annulling/alerts.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { principalOf, signedBy } from '../nouns/signed.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import {
  type AboutAlert,
  aboutAlertBody,
  type AlertState,
  readAboutAlert,
  recordingOf,
} from './about-alert.js';

export const recordPatientTold = defineFact({
  type: 'care:RecordPatientTold',
  roles: ['clinician'],
  signature: 'delegable',
  annexes: [],
  body: aboutAlertBody,
  scope: therapyScope,
  reads: (reader, { body }) => readAboutAlert(reader, body),
  standing: ({ therapy }, { body: { coi } }, context) =>
    alarmUnless(ofParty(therapy, context), { subject: { kind: 'therapy', coi }, claim: 'other' }),
  annulling: ofTelling,
  decide: decideRecordPatientTold,
});

/** A physician has told the patient what an alert is about; the command's `at` says when (D2). */
export function decideRecordPatientTold(
  state: AlertState,
  command: Command<AboutAlert>,
  context: Context,
): FactDecision {
  const { alert } = state;
  const recording = recordingOf(state, command, context);
  if (!alert) return recording.done();
  const by = signedBy(command, context);
  const again = alert.patientTold.some(
    (each) => !each.annulled && each.at === by.at && principalOf(each) === principalOf(by),
  );
  if (again) return saidAgain();
  return recording.put({ ...alert, patientTold: [...alert.patientTold, by] }).done();
}
