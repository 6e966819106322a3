import { z } from 'zod';
import { notificationDue } from '../alerts/notification.js';
import { ofNotification } from '../annulling/exception.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, type FactDecision, Recording, saidAgain } from '../commands/decision.js';
import { defineFact } from '../commands/define.js';
import { heldOf } from '../commands/held.js';
import { isSaidAgain } from '../custody/said.js';
import { readWholeTherapy, type WholeTherapy } from '../graph/whole-therapy.js';
import { signedBy } from '../nouns/signed.js';
import { alarmUnless } from '../standing/claim.js';
import { ofParty } from '../standing/people.js';
import { code, coi, localId } from '../values/identifiers.js';
import { minutesAfter } from '../values/time.js';

const reportNotificationBody = z.strictObject({
  coi,
  exception: localId,
  /** which authority was told */
  authority: code,
});

export const reportNotification = defineFact({
  type: 'quality:ReportNotification',
  roles: ['quality', 'release-person', 'safety-officer'],
  signature: 'delegable',
  annexes: [],
  body: reportNotificationBody,
  scope: therapyScope,
  reads: async (reader, { body }) => ({ whole: await readWholeTherapy(reader, body.coi) }),
  standing: ({ whole }, { body }, context) =>
    alarmUnless(ofParty(whole.therapy, context), {
      subject: { kind: 'therapy', coi: body.coi },
      claim: 'other',
    }),
  annulling: ofNotification,
  decide: decideReportNotification,
});

/**
 * An authority was told that a batch outside its specification was given; the command's `at` says when. How late
 * that was stands in it.
 */
export function decideReportNotification(
  { whole }: { readonly whole: WholeTherapy },
  command: Command<z.infer<typeof reportNotificationBody>>,
  context: Context,
): FactDecision {
  const { exception: id, authority } = command.body;
  const exception = whole.exceptions.find((each) => each.id === id);
  const by = signedBy(command, context);
  const again = exception?.notified.some(
    (each) =>
      !each.annulled &&
      isSaidAgain(
        { by: each, words: { authority: each.authority, at: each.at } },
        { authority, at: by.at },
        context,
      ),
  );
  if (again === true) return saidAgain();
  const recording = new Recording(command, context).about(whole.therapy);
  if (!exception) {
    const found = `exception ${id}`;
    return recording
      .deviate({ code: 'UNKNOWN_SUBJECT', classification: 'minor', found }, whole.therapy)
      .done();
  }
  const due = notificationDue(whole, exception);
  const overdueMinutes = due === undefined ? 0 : minutesAfter(due, heldOf(command, context));
  const notified = [...exception.notified, { ...by, authority, overdueMinutes }];
  return recording.put({ ...exception, notified }).done();
}
