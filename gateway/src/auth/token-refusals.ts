import { errors } from 'jose';
import type { ProblemError } from '../problems/problem.js';
import { expired, notYetValid } from './token-times.js';
import { unauthorised } from './unauthorised.js';

/** The header is there and holds no bearer JWT. */
export function malformedToken(): ProblemError {
  return unauthorised('TOKEN_MALFORMED', 'the Authorization header holds no bearer JWT');
}

/** A token without a signature, or with one that whoever checks it could have made (RFC 8725 section 2.1). */
export function unsignedToken(found: string): ProblemError {
  return unauthorised('TOKEN_UNSIGNED', 'the token carries no signature of a private key', {
    expected: 'an asymmetric algorithm',
    found,
  });
}

/** A token of somebody whom this gateway does not know as an issuer. */
export function wrongIssuer(): ProblemError {
  return unauthorised('WRONG_ISSUER', 'the gateway takes no tokens of this issuer');
}

/**
 * What a caller is told of why a token does not hold.
 * @param badSignature the answer where the signature is by none of the issuer's keys
 * @returns a ProblemError, or the error itself where it tells nothing about the token
 */
export function refusalOf(error: unknown, badSignature: () => ProblemError): unknown {
  if (error instanceof errors.JWTExpired) return expired(error.payload.exp);
  if (error instanceof errors.JWTClaimValidationFailed) return ofClaim(error);
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid) {
    return malformedToken();
  }
  return error instanceof errors.JOSEError ? badSignature() : error;
}

function ofClaim({ claim, reason, payload }: errors.JWTClaimValidationFailed): ProblemError {
  if (reason === 'missing') {
    return unauthorised('TOKEN_INCOMPLETE', 'the token lacks a claim', { expected: claim });
  }
  if (reason === 'invalid') return malformedToken();
  switch (claim) {
    case 'aud':
      return unauthorised('WRONG_AUDIENCE', 'the token is for another gateway');
    case 'iss':
    case 'sub':
      return wrongIssuer();
    case 'nbf':
      return notYetValid(claim, payload.nbf);
    default:
      return unauthorised('TOKEN_INVALID', 'a claim of the token does not fit', { found: claim });
  }
}
