import { ProblemError } from '../problems/problem.js';

/** A code that nobody issued, that another took the place of, or that was used: which of them is not told. */
export const codeInvalid = () =>
  new ProblemError({
    status: 403,
    code: 'ENROLMENT_CODE_INVALID',
    detail: 'no such code is open: ask for a new one',
    field: 'body.code',
  });

/** A code after its time. */
export const codeExpired = (until: number, now: number) =>
  new ProblemError({
    status: 403,
    code: 'ENROLMENT_CODE_EXPIRED',
    detail: 'the code has run out: ask for a new one',
    field: 'body.code',
    expected: `a call before ${new Date(until).toISOString()}`,
    found: new Date(now).toISOString(),
  });
