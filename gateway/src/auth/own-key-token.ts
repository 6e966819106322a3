import { keyIds, toJwks } from '@veinledger/chaincode/domain';
import { importJWK, jwtVerify } from 'jose';
import { BEARER_TYPE, MAX_BEARER_SECONDS } from '../client/bearer.js';
import type { ActorDirectory } from './actor-directory.js';
import type { Caller } from './caller.js';
import type { UnverifiedToken } from './read-unverified.js';
import { refusalOf, wrongIssuer } from './token-refusals.js';
import { unauthorised } from './unauthorised.js';

/** How far an issuer's clock may lie from the gateway's, in seconds. */
export const CLOCK_TOLERANCE_SECONDS = 5;

const KEY_OF = { EdDSA: 'ed25519', 'ML-DSA-65': 'mlDsa65' } as const;
const MAX_ACTOR_ID = 64;

/**
 * The actor who signed a token under their own ledger key. Nobody learns from the answer whether an actor is enrolled.
 * @throws ProblemError 401 TOKEN_INVALID for an unknown actor or a signature that is not theirs, and what
 *   {@link refusalOf} tells
 */
export async function callerByOwnKey(
  token: UnverifiedToken,
  audience: string,
  directory: ActorDirectory,
): Promise<Caller> {
  const { text, algorithm, keyId, subject, issuer } = token;
  if (algorithm !== 'EdDSA' && algorithm !== 'ML-DSA-65') throw invalid();
  if (subject === undefined || subject.length > MAX_ACTOR_ID) throw invalid();
  const caller = await directory.find(subject);
  const key = KEY_OF[algorithm];
  if (caller === undefined || keyId !== keyIds(caller.keys)[key]) throw invalid();
  const publicKey = await importJWK({ ...toJwks(caller.keys)[key] }, algorithm);
  try {
    const { payload } = await jwtVerify(text, publicKey, {
      algorithms: [algorithm],
      typ: BEARER_TYPE,
      subject: caller.id,
      audience,
      requiredClaims: ['iss', 'iat', 'exp', 'jti'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    if (issuer !== caller.id) throw wrongIssuer();
    requireShortLife(payload.iat, payload.exp);
  } catch (error) {
    throw refusalOf(error, invalid);
  }
  return caller;
}

function requireShortLife(iat = Number.NaN, exp = Number.NaN): void {
  if (iat > Date.now() / 1000 + CLOCK_TOLERANCE_SECONDS) {
    throw unauthorised('TOKEN_NOT_YET_VALID', 'the token is not valid yet');
  }
  if (exp - iat <= MAX_BEARER_SECONDS) return;
  throw unauthorised('TOKEN_TOO_LONG', `a token lives at most ${MAX_BEARER_SECONDS} seconds`);
}

function invalid() {
  return unauthorised('TOKEN_INVALID', 'the token is not signed by a key of an enrolled actor');
}
