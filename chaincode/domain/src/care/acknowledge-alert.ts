import { z } from 'zod';
import { turnAt } from '../alerts/timing.js';
import { ofAcknowledgement } from '../annulling/alerts.js';
import { type Command, therapyScope } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { definePermission } from '../commands/define.js';
import type { Alert } from '../nouns/alert.js';
import type { Dose } from '../nouns/dose.js';
import type { ProcessDefinition } from '../nouns/process-definition.js';
import type { Reason } from '../nouns/reason.js';
import { isOwnSignature, signedBy } from '../nouns/signed.js';
import { onlyParties } from '../standing/refuse.js';
import { coi, localId } from '../values/identifiers.js';
import type { AlertRecipient } from '../values/words.js';

const acknowledgeAlertBody = z.strictObject({ coi, alert: localId });

export const acknowledgeAlert = definePermission({
  type: 'care:AcknowledgeAlert',
  roles: ['clinician', 'safety-officer'],
  signature: 'own',
  annexes: [],
  body: acknowledgeAlertBody,
  scope: therapyScope,
  reads: async (reader, { body }) => {
    const therapy = await reader.therapy(body.coi);
    const alert = await reader.get('alert', { coi: body.coi, id: body.alert });
    return {
      therapy,
      alert,
      dose: alert && (await reader.get('dose', { coi: body.coi, id: alert.dose })),
      definition: (await reader.processOf(therapy)).definition,
    };
  },
  standing: ({ therapy }, _command, context) => onlyParties(therapy, context),
  annulling: ofAcknowledgement,
  decide: decideAcknowledgeAlert,
});

export interface AcknowledgeState {
  readonly alert: Alert | undefined;
  /** the one that the alert is about */
  readonly dose: Dose | undefined;
  readonly definition: ProcessDefinition;
}

/**
 * The physician has taken notice of an alert, or in their place another one, or, when the time of both is over, a safety
 * officer (D2). How late it is stands in the acknowledgement, whose clock began when there was something to tell and not
 * when somebody stated it.
 */
export function decideAcknowledgeAlert(
  { alert, dose, definition }: AcknowledgeState,
  command: Command<z.infer<typeof acknowledgeAlertBody>>,
  context: Context,
): PermissionDecision {
  const subject = `alert ${command.body.alert}`;
  if (!alert) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_ALERT', subject }] };
  const { asked, due, overdueMinutes } = turnAt(definition, alert.since, context.transactionTime);
  const as = recipientOf(dose, context);
  const reasons: Reason[] = [];
  if (alert.acknowledged) {
    const found = alert.acknowledged.actor;
    reasons.push({ code: 'ALREADY_ACKNOWLEDGED', subject, found });
  } else if (as === 'safety-officer' && asked !== as) {
    reasons.push({ code: 'NOT_YET_ASKED', subject, expected: `a ${asked}, due ${due}`, found: as });
  }
  return permitUnless(reasons, () => [
    { ...alert, acknowledged: { ...signedBy(command, context), as, overdueMinutes } },
  ]);
}

/** A clinician is the physician who authorised the dose, or the deputy; of a dose that nobody authorised each is the physician. */
function recipientOf(dose: Dose | undefined, context: Context): AlertRecipient {
  if (!context.actor.roles.includes('clinician')) return 'safety-officer';
  const authorised = dose?.authorised;
  return !authorised || isOwnSignature(authorised, context) ? 'physician' : 'deputy';
}
