import { z } from 'zod';
import { type Command, defineFact, definePermission } from '../commands/command.js';
import type { Scope } from '../nouns/scope.js';
import {
  type Context,
  type FactDecision,
  permitUnless,
  type PermissionDecision,
  Recording,
} from '../commands/decision.js';
import { code, commitment, digest, localId } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { milliseconds } from '../values/time.js';
import type { Consent } from '../nouns/consent.js';
import { purpose } from '../values/words.js';

const ofThePatient = (_body: unknown, actor: string): Scope => ({ kind: 'patient', id: actor });

export const giveConsent = definePermission({
  type: 'consent:GiveConsent',
  roles: ['patient'],
  signature: 'own',
  annexes: [],
  body: z.strictObject({
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
  }),
  scope: ofThePatient,
});

export interface GiveState {
  readonly consent: Consent | undefined;
  readonly superseded: Consent | undefined;
}

/**
 * The patient agrees to what was asked, on the very form that was asked with. Keys from a re-enrolment wait, so that the
 * patient can object to one that was never theirs; a no by any route waits for nothing.
 */
export function decideGiveConsent(
  state: GiveState,
  command: Command<z.infer<typeof giveConsent.body>>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const { consent } = state;
  const subject = `consent ${body.consent}`;
  if (!consent) return { outcome: 'refused', reasons: [{ code: 'UNKNOWN_CONSENT', subject }] };
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
    ...(state.superseded ? [{ ...state.superseded, state: 'superseded' as const }] : []),
  ]);
}

export const refuseConsent = defineFact({
  type: 'consent:RefuseConsent',
  roles: ['patient'],
  signature: 'own',
  annexes: [],
  body: z.strictObject({ purpose }),
  scope: ofThePatient,
});

export const withdrawConsent = defineFact({
  type: 'consent:WithdrawConsent',
  roles: ['patient'],
  signature: 'own',
  annexes: [],
  body: z.strictObject({ purpose }),
  scope: ofThePatient,
});

type NoBody = z.infer<typeof withdrawConsent.body>;

export interface NoState {
  /** the patient's consents for the purpose */
  readonly consents: readonly Consent[];
}

/** The patient said no before agreeing. The refusal is itself a record in force. */
export function decideRefuseConsent(
  state: NoState,
  command: Command<NoBody>,
  context: Context,
): FactDecision {
  return sayNo(state, command, context, 'refused');
}

/** The patient took back what was agreed. It counts at once, whatever was asked or given before. */
export function decideWithdrawConsent(
  state: NoState,
  command: Command<NoBody>,
  context: Context,
): FactDecision {
  return sayNo(state, command, context, 'withdrawn');
}

const OPEN: readonly string[] = [
  'requested',
  'deferred',
  'given',
  'renewed',
  'expired',
  'reconsent-required',
];

function sayNo(
  state: NoState,
  command: Command<NoBody>,
  context: Context,
  to: 'refused' | 'withdrawn',
): FactDecision {
  const recording = new Recording(command, context);
  const open = state.consents.filter((consent) => OPEN.includes(consent.state));
  for (const consent of open)
    recording.put({ ...consent, state: to, ended: signedBy(command, context) });
  if (open.length === 0) {
    recording.put({
      noun: 'consent',
      patient: command.actor,
      purpose: command.body.purpose,
      id: command.id,
      state: to,
      legalBasis: 'consent',
      scope: {},
      ended: signedBy(command, context),
    });
  }
  return recording.done();
}
