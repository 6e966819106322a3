import { z } from 'zod';
import { without } from '../annulling/without.js';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import type { Context, PermissionDecision } from '../commands/decision.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { decideByTwoStaff } from './by-two-staff.js';
import { reasonsOfCapacity } from './capacity.js';
import { type CareState, ofConsent, onlyWhoCares, readCare } from './care.js';
import { reasonsOfPeriod } from './period.js';
import { isDenial, isNoOfPatient, standingDenials } from './stands.js';
import { succeed } from './succeed.js';

const takeBackNoBody = z.strictObject(ofConsent);

export const takeBackNo = definePermission({
  type: 'consent:TakeBackNo',
  roles: ['clinician', 'nurse', 'coordinator', 'pharmacist'],
  signature: 'own',
  annexes: [],
  body: takeBackNoBody,
  scope: underPatient,
  reads: readCare,
  standing: onlyWhoCares,
  annulling: 'never',
  decide: decideTakeBackNo,
});

/**
 * The patient took a no back by word, before two staff (E4): what was given before it is given again, at once, whatever the
 * age of the patient's keys. The no stays on record. What was never given is asked for, and recorded as given.
 */
export function decideTakeBackNo(
  state: CareState,
  command: Command<z.infer<typeof takeBackNoBody>>,
  context: Context,
): PermissionDecision {
  const stands = standingDenials(state.ofPurpose);
  return decideByTwoStaff(state, command, context, {
    against: (consent) => {
      const subject = `consent ${consent.id}`;
      const expected = 'what was given, and then refused or withdrawn';
      return [
        ...(isNoOfPatient(consent) && consent.decided && stands.includes(consent)
          ? []
          : [{ code: 'CONSENT_NOT_OPEN' as const, subject, expected, found: consent.state }]),
        ...reasonsOfCapacity(state.capacities ?? []),
        ...reasonsOfPeriod(consent.scope, subject, context.transactionTime),
      ];
    },
    changes: (consent, first) => {
      const decided = signedBy(command, context);
      const [, again] = succeed(without(consent, 'ended'), 'superseded', {
        ...{ state: 'given', scope: consent.scope, decided },
        route: { kind: 'verbal', recorded: first, witness: decided },
        takesBack: state.ofPurpose.filter(isDenial).map(({ id }) => id),
      });
      return again ? [consent, again] : [];
    },
  });
}
