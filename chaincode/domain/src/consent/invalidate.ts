import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import type { Context, PermissionDecision } from '../commands/decision.js';
import { signedBy } from '../nouns/signed.js';
import { underPatient } from '../registry/reenrol.js';
import { reasonOfInvalidity } from '../values/words.js';
import { decideByTwoStaff } from './by-two-staff.js';
import { type CareState, ofConsent, onlyWhoCares, readCare } from './care.js';
import { isGiven } from './stands.js';

const invalidateConsentBody = z.strictObject({ ...ofConsent, reason: reasonOfInvalidity });

export const invalidateConsent = definePermission({
  type: 'consent:InvalidateConsent',
  roles: ['clinician', 'quality', 'safety-officer'],
  signature: 'own',
  annexes: [],
  body: invalidateConsentBody,
  scope: underPatient,
  reads: readCare,
  standing: onlyWhoCares,
  annulling: 'never',
  decide: decideInvalidateConsent,
});

/**
 * Two people say in the same words that what looks like a consent never was one: it permits nothing from then on. It is no
 * no, so that the patient is asked anew.
 */
export function decideInvalidateConsent(
  state: CareState,
  command: Command<z.infer<typeof invalidateConsentBody>>,
  context: Context,
): PermissionDecision {
  return decideByTwoStaff(state, command, context, {
    against: (consent) => {
      if (isGiven(consent) || consent.state === 'reconsent-required') return [];
      const subject = `consent ${consent.id}`;
      const expected = 'given or renewed';
      return [{ code: 'CONSENT_NOT_OPEN', subject, expected, found: consent.state }];
    },
    changes: (consent) => {
      const ended = { ...signedBy(command, context), reason: command.body.reason };
      return [{ ...consent, state: 'invalidated', ended }];
    },
  });
}
