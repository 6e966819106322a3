import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import type { Capacity } from '../nouns/capacity.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { everybodyEntitled } from '../standing/refuse.js';
import { commitment, digest, instant, localId } from '../values/identifiers.js';
import { purpose } from '../values/words.js';
import { reasonsOfNewKeys } from './agree.js';
import { reasonsOfCapacity } from './capacity.js';
import { reasonsOfPeriod } from './period.js';
import { type NoState, ofThePatient, readForNo } from './say-no.js';
import { isGiven } from './stands.js';
import { succeed } from './succeed.js';

const renewConsentBody = z.strictObject({
  purpose,
  consent: localId,
  /** the form that was agreed to, and was read again */
  formDigest: digest,
  renderedCommitment: commitment,
  validUntil: instant,
});

export const renewConsent = definePermission({
  type: 'consent:RenewConsent',
  roles: ['patient'],
  signature: 'own',
  annexes: [],
  body: renewConsentBody,
  scope: ofThePatient,
  reads: async (reader, command) => ({
    ...(await readForNo(reader, command)),
    capacities: await reader.range('capacity', { patient: command.actor }),
  }),
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decideRenewConsent,
});

export interface RenewState extends NoState {
  /** what was settled of the patient's capacity */
  readonly capacities?: readonly Capacity[];
}

/**
 * The patient agrees to the same again, on the same form, for longer, also when its time is over. What ended otherwise is
 * asked for anew.
 */
export function decideRenewConsent(
  { consents, capacities = [] }: RenewState,
  command: Command<z.infer<typeof renewConsentBody>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { consent: id, formDigest: found, validUntil } = body;
  const subject = `consent ${id}`;
  const consent = consents.find((each) => each.id === id);
  if (!consent) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_CONSENT', subject }] };
  const reasons: Reason[] = [];
  if (!isGiven(consent)) {
    const expected = 'given or renewed';
    reasons.push({ code: 'CONSENT_NOT_OPEN', subject, expected, found: consent.state });
  }
  const expected = consent.form?.digest ?? '';
  if (expected !== found) reasons.push({ code: 'OTHER_FORM', subject, expected, found });
  const scope = { ...consent.scope, validUntil };
  reasons.push(
    ...reasonsOfPeriod(scope, subject, context.transactionTime),
    ...reasonsOfNewKeys(context),
    ...reasonsOfCapacity(capacities),
  );
  return permitUnless(reasons, () => {
    const decided = signedBy(command, context);
    const renewed = {
      state: 'renewed',
      scope,
      decided,
      rendered: body.renderedCommitment,
    } as const;
    return succeed(consent, 'superseded', renewed);
  });
}
