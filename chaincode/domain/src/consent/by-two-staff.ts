import { without } from '../annulling/without.js';
import type { Command } from '../commands/command.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Consent } from '../nouns/consent.js';
import type { Reason } from '../nouns/reason.js';
import type { Signed } from '../nouns/signed.js';
import type { CareState } from './care.js';
import { asOneOfTwo } from './two-staff.js';

/** What two staff say of a consent, as its command knows it. */
export interface SaidByTwo {
  /** why it cannot be said of this consent */
  readonly against: (consent: Consent) => readonly Reason[];
  /** what follows once both have said it */
  readonly changes: (consent: Consent, first: Signed) => readonly Consent[];
}

/** Decides on what two staff say in the same words: nothing follows from the first of them alone. */
export function decideByTwoStaff(
  { ofPurpose }: CareState,
  command: Command<{ readonly consent: string }>,
  context: Context,
  said: SaidByTwo,
): PermissionDecision {
  const subject = `consent ${command.body.consent}`;
  const consent = ofPurpose.find(({ id }) => id === command.body.consent);
  if (!consent) {
    return { decision: 'refused', reasons: [{ code: 'UNKNOWN_CONSENT', subject }] };
  }
  const one = asOneOfTwo({ subject, half: consent.half }, command, context);
  const reasons = [...said.against(consent), ...(one.is === 'other' ? one.reasons : [])];
  return permitUnless(reasons, () => {
    if (one.is === 'first') return [{ ...consent, half: one.half }];
    return one.is === 'second' ? said.changes(without(consent, 'half'), one.first) : [];
  });
}
