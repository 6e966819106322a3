import { z } from 'zod';
import { without } from '../annulling/without.js';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import type { Context, PermissionDecision } from '../commands/decision.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { addMinutes } from '../values/time.js';
import { decideByTwoStaff } from './by-two-staff.js';
import { reasonsOfCapacity } from './capacity.js';
import { type CareState, ofConsent, onlyWhoCares, readCare } from './care.js';
import { consentStateAt, isDenial, isNoOfPatient, isVoiced, standingDenials } from './stands.js';
import { succeed } from './succeed.js';
import { weighConsents } from './weigh-consents.js';
import type { WeighedConsent } from './weighed.js';

/** How long the patient's word covers what lapsed, in hours: what is to last is asked for on a form. */
export const WORD_COVERS_HOURS = 24;

const continueBody = z.strictObject(ofConsent);

export const continueDespiteLapse = definePermission({
  type: 'consent:ContinueDespiteLapse',
  roles: ['clinician', 'nurse', 'coordinator', 'pharmacist'],
  signature: 'own',
  annexes: [],
  body: continueBody,
  scope: underPatient,
  reads: async (reader, command) => ({
    ...(await readCare(reader, command)),
    weighed: await weighConsents(reader, command.body.patient),
  }),
  standing: onlyWhoCares,
  annulling: 'never',
  decide: decideContinue,
});

export interface ContinueState extends CareState {
  /** the patient's consents with what tells how they stand */
  readonly weighed: readonly WeighedConsent[];
}

/**
 * What lapsed otherwise than by a no was put to the patient, who said before two staff that it goes on (A8): it is given
 * again for a day, in the same scope. A no that stands is taken back first.
 */
export function decideContinue(
  state: ContinueState,
  command: Command<z.infer<typeof continueBody>>,
  context: Context,
): PermissionDecision {
  const { transactionTime } = context;
  return decideByTwoStaff(state, command, context, {
    against: (consent) => [
      ...reasonsOfCapacity(state.capacities ?? []),
      ...reasonsOfLapse(
        state.weighed.find(({ id, purpose }) => id === consent.id && purpose === consent.purpose) ??
          consent,
        transactionTime,
      ),
      ...standingDenials(state.ofPurpose)
        .filter(isNoOfPatient)
        .map((no): Reason => {
          const subject = `consent ${no.id}`;
          return { code: 'CONSENT_DENIED', subject, expected: 'taken back', found: no.state };
        }),
    ],
    changes: (consent, first) => {
      const decided = signedBy(command, context);
      const validUntil = addMinutes(transactionTime, WORD_COVERS_HOURS * 60);
      const scope = without(consent.scope, 'maxUses');
      const [, renewed] = succeed(without(consent, 'ended'), 'superseded', {
        ...{ state: 'renewed', scope: { ...scope, validUntil }, decided },
        route: { kind: 'verbal', recorded: first, witness: decided },
        takesBack: state.ofPurpose.filter(isDenial).map(({ id }) => id),
      });
      return renewed ? [consent, renewed] : [];
    },
  });
}

function reasonsOfLapse(consent: WeighedConsent, at: string): readonly Reason[] {
  const stands = consentStateAt(consent, at);
  const isInForce = stands === 'given' || stands === 'renewed' || stands === 'not-yet-valid';
  if (consent.decided && isVoiced(consent) && !isInForce && !isNoOfPatient(consent)) return [];
  const subject = `consent ${consent.id}`;
  const expected = 'given, and over now otherwise than by a no';
  return [{ code: 'CONSENT_NOT_OPEN', subject, expected, found: stands }];
}
