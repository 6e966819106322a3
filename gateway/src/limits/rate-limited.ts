import { ProblemError } from '../problems/problem.js';
import type { Left } from './token-buckets.js';

/** The headers of draft-ietf-httpapi-ratelimit-headers-06. */
export function rateLimitHeaders(left: Left): Readonly<Record<string, string>> {
  return {
    'ratelimit-limit': String(left.limit),
    'ratelimit-remaining': String(left.remaining),
    'ratelimit-reset': String(left.resetSeconds),
  };
}

/** A caller who asks more often than it may. */
export function rateLimited(left: Left, detail: string): ProblemError {
  return new ProblemError({
    status: 429,
    code: 'RATE_LIMITED',
    detail,
    expected: `a pause of ${left.waitSeconds} s`,
    headers: { ...rateLimitHeaders(left), 'retry-after': String(left.waitSeconds) },
  });
}
