import { z } from 'zod';
import type { Command } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { code, commitment, digest, localId } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { milliseconds } from '../values/time.js';
import type { Consent } from '../nouns/consent.js';
import { purpose } from '../values/words.js';
import { isNoOfPatient } from './evaluate.js';
import { ofThePatient } from './say-no.js';
import { everybodyEntitled } from '../standing/refuse.js';

const giveConsentBody = z.strictObject({
  purpose,
  consent: localId,
  /** the form that was read, which is public */
  formDigest: digest,
  /** what was rendered of it for this patient; the patient keeps the opening */
  renderedCommitment: commitment,
  /** an answer for each clause of the form */
  clauses: z
    .array(z.strictObject({ clause: code, agreed: z.boolean() }))
    .min(1)
    .max(64),
});

export const giveConsent = definePermission({
  type: 'consent:GiveConsent',
  roles: ['patient'],
  signature: 'own',
  annexes: [],
  body: giveConsentBody,
  scope: ofThePatient,
  reads: async (reader, { actor, body }) => {
    const consent = await reader.get('consent', {
      patient: actor,
      purpose: body.purpose,
      id: body.consent,
    });
    const superseded =
      consent?.supersedes === undefined
        ? undefined
        : await reader.get('consent', {
            patient: actor,
            purpose: body.purpose,
            id: consent.supersedes,
          });
    return { consent, superseded };
  },
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decideGiveConsent,
});

export interface GiveState {
  readonly consent: Consent | undefined;
  readonly superseded: Consent | undefined;
}

/**
 * The patient agrees to what was asked, on the very form that was asked with. Keys from a re-enrolment wait, so that the
 * patient can object to one that was never theirs; a no by any route waits for nothing. What was refused or withdrawn
 * before is taken back by it, and its record stays as it is: should the keys prove compromised, it stands again.
 */
export function decideGiveConsent(
  state: GiveState,
  command: Command<z.infer<typeof giveConsentBody>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { consent } = state;
  const subject = `consent ${body.consent}`;
  if (!consent) return { decision: 'refused', reasons: [{ code: 'UNKNOWN_CONSENT', subject }] };
  const reasons: Reason[] = [];
  if (consent.state !== 'requested') {
    reasons.push({
      code: 'CONSENT_NOT_OPEN',
      subject,
      expected: 'requested',
      found: consent.state,
    });
  }
  if (consent.form?.digest !== body.formDigest) {
    reasons.push({
      code: 'OTHER_FORM',
      subject,
      expected: consent.form?.digest ?? '',
      found: body.formDigest,
    });
  }
  const waiting = context.actor.reenrolments?.at(-1)?.consentFrom;
  if (waiting !== undefined && milliseconds(context.transactionTime) < milliseconds(waiting)) {
    reasons.push({
      code: 'KEYS_TOO_NEW',
      subject: `actor ${command.actor}`,
      expected: `not before ${waiting}`,
      found: context.transactionTime,
    });
  }
  const declined = body.clauses.find((each) => !each.agreed);
  if (declined) reasons.push({ code: 'CLAUSE_DECLINED', subject, found: declined.clause });
  return permitUnless(reasons, () => [
    { ...consent, state: 'given', decided: signedBy(command, context) },
    ...(state.superseded && !isNoOfPatient(state.superseded)
      ? [{ ...state.superseded, state: 'superseded' as const }]
      : []),
  ]);
}
