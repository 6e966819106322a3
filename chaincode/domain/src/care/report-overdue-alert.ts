import { turnAt } from '../alerts/timing.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { signedBy } from '../nouns/signed.js';
import { STAFF_ROLES } from '../values/roles.js';
import {
  type AboutAlert,
  aboutAlertBody,
  type AlertState,
  readAboutAlert,
  recordingOf,
} from './about-alert.js';

export const reportOverdueAlert = defineFact({
  type: 'care:ReportOverdueAlert',
  roles: STAFF_ROLES,
  signature: 'device',
  annexes: [],
  body: aboutAlertBody,
  scope: therapyScope,
  reads: (reader, { body }) => readAboutAlert(reader, body),
  standing: ({ therapy }, { body: { coi } }, context) =>
    alarmUnless(ofParty(therapy, context), { subject: { kind: 'therapy', coi }, claim: 'other' }),
  annulling: 'never',
  decide: decideReportOverdueAlert,
});

/**
 * Somebody says that nobody has acknowledged an alert in time; whose turn it is and how late it is the ledger adds (D2).
 * Of an alert that is acknowledged, or not due yet, it says nothing.
 */
export function decideReportOverdueAlert(
  state: AlertState,
  command: Command<AboutAlert>,
  context: Context,
): FactDecision {
  const { alert, definition } = state;
  if (!alert) return recordingOf(state, command, context).done();
  const { asked, overdueMinutes } = turnAt(definition, alert.since, context.transactionTime);
  if (alert.acknowledged || asked === 'physician') return saidAgain();
  const report = { ...signedBy(command, context), asked, overdueMinutes };
  return recordingOf(state, command, context)
    .put({ ...alert, overdue: [...alert.overdue, report] })
    .done();
}
