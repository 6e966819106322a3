import type { Answer, Clause, Consent, ConsentScope } from '../nouns/consent.js';
import type { Reason } from '../nouns/reason.js';

/** The parts of a scope that a clause can carry. */
const PARTS = ['recipients', 'dataClasses', 'geography'] as const;

/** Why clauses cannot stand in a request: each is named once, and what it carries lies in what is asked. */
export function reasonsOfClauses(
  clauses: readonly Clause[],
  scope: ConsentScope,
  subject: string,
): readonly Reason[] {
  const repeated = clauses.filter(
    ({ clause }, index) => clauses.findIndex((each) => each.clause === clause) !== index,
  );
  const beyond = clauses.filter(({ covers = {} }) =>
    PARTS.some((part) => {
      const asked: readonly string[] = scope[part] ?? [];
      return (covers[part] ?? []).some((each) => !asked.includes(each));
    }),
  );
  return [
    ...repeated.map(({ clause }) => {
      return { code: 'IDENTIFIER_TAKEN' as const, subject: `clause ${clause}` };
    }),
    ...beyond.map(({ clause: found }) => ({
      code: 'CLAUSE_BEYOND_SCOPE' as const,
      subject,
      expected: 'a clause that covers a part of the scope',
      found,
    })),
  ];
}

/**
 * Why answers do not agree: every clause of the form has one, of the form's clauses only, and the needed ones are agreed
 * to. Of a form that was asked with without its clauses all that is answered is needed.
 */
export function reasonsOfAnswers(
  { form }: Pick<Consent, 'form'>,
  answers: readonly Answer[],
  subject: string,
): readonly Reason[] {
  const { clauses } = form ?? {};
  const unanswered = (clauses ?? []).filter(
    ({ clause }) => answers.filter((each) => each.clause === clause).length !== 1,
  );
  const unasked = answers.filter(
    ({ clause }) => clauses?.some((each) => each.clause === clause) === false,
  );
  const declined = answers.filter(
    ({ clause, agreed }) =>
      !agreed && (clauses?.find((each) => each.clause === clause)?.needed ?? true),
  );
  return [
    ...unanswered.map(({ clause }): Reason => ({
      code: 'CLAUSE_UNANSWERED',
      subject,
      expected: `one answer to ${clause}`,
    })),
    ...unasked.map(({ clause: found }): Reason => ({
      code: 'CLAUSE_UNANSWERED',
      subject,
      expected: (clauses ?? []).map(({ clause }) => clause).join(),
      found,
    })),
    ...declined.map(({ clause: found }): Reason => ({ code: 'CLAUSE_DECLINED', subject, found })),
  ];
}

/** What is agreed to of a scope: without what the clauses that were declined would have covered. */
export function scopeAgreedTo(
  scope: ConsentScope,
  clauses: readonly Clause[],
  answers: readonly Answer[],
): ConsentScope {
  const declined = clauses.filter(({ clause }) =>
    answers.some((each) => each.clause === clause && !each.agreed),
  );
  const parts = PARTS.flatMap((part): readonly (readonly [string, readonly string[]])[] => {
    const asked: readonly string[] | undefined = scope[part];
    if (asked === undefined) return [];
    const without = declined.flatMap(({ covers }): readonly string[] => covers?.[part] ?? []);
    return [[part, asked.filter((each) => !without.includes(each))]];
  });
  return { ...scope, ...Object.fromEntries(parts) };
}

/** Whether a scope names nobody, nothing or nowhere, so that a consent to it covers no use. */
export function isEmptyScope(scope: ConsentScope): boolean {
  return PARTS.some((part) => scope[part]?.length === 0);
}
