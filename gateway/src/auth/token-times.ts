import type { ProblemError } from '../problems/problem.js';
import { unauthorised } from './unauthorised.js';

/** How far an issuer's clock may lie from the gateway's, in seconds. */
export const CLOCK_TOLERANCE_SECONDS = 60;

/** Seconds since 1970, as a token's claims have them; whoever wrote the token may have written anything. */
type NumericDate = number | undefined;

/** A token after its end. */
export function expired(exp: NumericDate): ProblemError {
  return unauthorised('TOKEN_EXPIRED', 'the token has expired', {
    expected: `exp less than ${CLOCK_TOLERANCE_SECONDS} s before ${gatewayTime()}`,
    found: instant(exp),
  });
}

/** A token before its beginning, or from the gateway's future. */
export function notYetValid(claim: 'nbf' | 'iat', begins: NumericDate): ProblemError {
  return unauthorised('TOKEN_NOT_YET_VALID', 'the token is not valid yet', {
    expected: `${claim} at most ${CLOCK_TOLERANCE_SECONDS} s after ${gatewayTime()}`,
    found: instant(begins),
  });
}

/** A token that lives longer than its kind may. */
export function tooLong(
  { iat, exp }: { readonly iat: number; readonly exp: number },
  mostSeconds: number,
): ProblemError {
  return unauthorised('TOKEN_TOO_LONG', `a token lives at most ${mostSeconds} seconds`, {
    expected: `exp at most ${mostSeconds} s after ${instant(iat)}`,
    found: instant(exp),
  });
}

function gatewayTime(): string {
  return `${new Date().toISOString()}, the gateway's clock`;
}

function instant(seconds: NumericDate): string {
  const date = new Date((seconds ?? Number.NaN) * 1000);
  return Number.isNaN(date.getTime()) ? `${seconds} s after 1970` : date.toISOString();
}
