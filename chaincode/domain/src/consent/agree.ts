import { z } from 'zod';
import type { Context } from '../commands/decision.js';
import type { Answer, Consent } from '../nouns/consent.js';
import type { Reason } from '../nouns/reason.js';
import type { Signed } from '../nouns/signed.js';
import { code, commitment, digest } from '../values/identifiers.js';
import { milliseconds } from '../values/time.js';
import { isEmptyScope, reasonsOfAnswers, scopeAgreedTo } from './clauses.js';
import { reasonsOfPeriod } from './period.js';
import { isDenial, isOpenQuestion } from './stands.js';
import { reasonsOfTalk } from './talk.js';

/** What is said of a form, by whatever route. */
export const answered = {
  /** the form that was read, which is public */
  formDigest: digest,
  /** what was rendered of it for this patient; the patient keeps the opening */
  renderedCommitment: commitment,
  /** an answer for each clause of the form */
  clauses: z
    .array(z.strictObject({ clause: code, agreed: z.boolean() }))
    .min(1)
    .max(64),
} as const;

/** An answer to a question, as its command says it. */
export interface Agreement {
  readonly formDigest: string;
  readonly renderedCommitment: string;
  readonly clauses: readonly Answer[];
}

/** Why a question is not agreed to by an answer: it is open, in its time, and answered on the very form that it was asked with. */
export function reasonsAgainstAgreeing(
  question: Consent,
  { formDigest, clauses }: Agreement,
  { transactionTime }: Pick<Context, 'transactionTime'>,
): readonly Reason[] {
  const subject = `consent ${question.id}`;
  const reasons: Reason[] = [
    ...reasonsOfPeriod(question.scope, subject, transactionTime),
    ...reasonsOfTalk(question, transactionTime),
  ];
  if (!isOpenQuestion(question)) {
    const expected = 'requested or deferred';
    reasons.push({ code: 'CONSENT_NOT_OPEN', subject, expected, found: question.state });
  }
  const expected = question.form?.digest ?? '';
  if (expected !== formDigest) {
    reasons.push({ code: 'OTHER_FORM', subject, expected, found: formDigest });
  }
  const answers = reasonsOfAnswers(question, clauses, subject);
  reasons.push(...answers);
  if (answers.length === 0 && isEmptyScope(agreedTo(question, clauses))) {
    reasons.push({ code: 'CLAUSE_DECLINED', subject, found: 'all that was asked for' });
  }
  return reasons;
}

/** Keys from a re-enrolment wait, so that the patient can object to one that was never theirs. */
export function reasonsOfNewKeys({
  actor,
  transactionTime,
}: Pick<Context, 'actor' | 'transactionTime'>): readonly Reason[] {
  const waiting = actor.reenrolments?.at(-1)?.consentFrom;
  if (waiting === undefined || milliseconds(transactionTime) >= milliseconds(waiting)) return [];
  return [
    {
      code: 'KEYS_TOO_NEW',
      subject: `actor ${actor.id}`,
      expected: `not before ${waiting}`,
      found: transactionTime,
    },
  ];
}

/**
 * The question as it was agreed to. It takes back what denied before, and those records stay as they are: should the keys
 * prove compromised, they stand again. What it was asked in the place of is superseded, unless that denied.
 * @param ofPurpose the patient's consents for the purpose
 */
export function agreed(
  question: Consent,
  { renderedCommitment: rendered, clauses: answers }: Agreement,
  decided: Signed,
  ofPurpose: readonly Consent[],
): readonly Consent[] {
  const takesBack = ofPurpose.filter(isDenial).map(({ id }) => id);
  const superseded = ofPurpose.find(({ id }) => id === question.supersedes);
  return [
    {
      ...question,
      ...{ state: 'given', decided, rendered, answers, scope: agreedTo(question, answers) },
      ...(takesBack.length > 0 ? { takesBack } : {}),
    },
    ...(superseded && !isDenial(superseded)
      ? [{ ...superseded, state: 'superseded' as const }]
      : []),
  ];
}

function agreedTo({ scope, form }: Consent, answers: readonly Answer[]): Consent['scope'] {
  return scopeAgreedTo(scope, form?.clauses ?? [], answers);
}
