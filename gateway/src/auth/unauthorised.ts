import { type ProblemDetails, ProblemError } from '../problems/problem.js';

/** A call that does not show who calls; the challenge is that of RFC 6750 section 3. */
export function unauthorised(
  code: string,
  detail: string,
  told: Pick<ProblemDetails, 'expected' | 'found'> = {},
): ProblemError {
  const challenge = code === 'TOKEN_MISSING' ? 'Bearer' : 'Bearer error="invalid_token"';
  return new ProblemError({
    status: 401,
    code,
    detail,
    field: 'authorization',
    ...told,
    headers: { 'www-authenticate': challenge },
  });
}
