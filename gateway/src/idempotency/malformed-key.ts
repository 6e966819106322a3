import type { ProblemDetails } from '../problems/problem.js';

/** What is wrong with an `Idempotency-Key` that is no string in double quotes. */
export function malformedKey(): ProblemDetails {
  return {
    status: 400,
    code: 'IDEMPOTENCY_KEY_MALFORMED',
    detail: 'the idempotency key is no string in double quotes',
    field: 'idempotency-key',
    expected: '1 to 255 characters in double quotes (RFC 9651 section 3.3.3)',
  };
}
