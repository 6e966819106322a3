import { keyIds, toJwks } from '@veinledger/domain';
import { BEARER_TYPE, MAX_BEARER_SECONDS } from '@veinledger/client';
import { importJWK, jwtVerify } from 'jose';
import type { ActorDirectory } from './actor-directory.js';
import type { Caller } from './caller.js';
import type { UnverifiedToken } from './read-unverified.js';
import { refusalOf, wrongIssuer } from './token-refusals.js';
import { CLOCK_TOLERANCE_SECONDS, notYetValid, tooLong } from './token-times.js';
import { unauthorised } from './unauthorised.js';
import type { VerifiedTokens } from './verified-tokens.js';

const KEY_OF = { EdDSA: 'ed25519', 'ML-DSA-65': 'mlDsa65' } as const;
const MAX_ACTOR_ID = 64;

type Algorithm = keyof typeof KEY_OF;

/** When work is done that anybody can ask for who writes a token. */
export type Pace = <T>(work: () => Promise<T>) => Promise<T>;

/** What a token under an actor's own key is checked by. */
export interface OwnKeyParts {
  /** what the token must name */
  readonly audience: string;
  readonly directory: ActorDirectory;
  readonly verified: VerifiedTokens;
  readonly pace?: Pace;
}

/**
 * The actor who signed a token under their own ledger key. Nobody learns from the answer whether an actor is enrolled.
 * @throws ProblemError 401 TOKEN_INVALID for an unknown actor or a signature that is not theirs, and what
 *   {@link refusalOf} tells
 */
export async function callerByOwnKey(token: UnverifiedToken, parts: OwnKeyParts): Promise<Caller> {
  const { text, algorithm, keyId, subject } = token;
  if (algorithm !== 'EdDSA' && algorithm !== 'ML-DSA-65') throw invalid();
  if (subject === undefined || subject.length > MAX_ACTOR_ID) throw invalid();
  const known = parts.verified.find(text) !== undefined;
  const caller = parts.directory.remembered?.(subject) ?? (await lookedUp(subject, known, parts));
  // looked at each time: the actor's keys may have changed since the token was verified
  if (caller === undefined || keyId !== keyIds(caller.keys)[KEY_OF[algorithm]]) throw invalid();
  if (known) return caller;
  const expiresAt = await verified(token, algorithm, caller, parts.audience);
  parts.verified.remember(text, { algorithm, kid: keyId, subject, expiresAt });
  return caller;
}

/** Whoever is not remembered is asked for at the ledger: at a pace, where nothing of the token is known to hold. */
function lookedUp(subject: string, known: boolean, { directory, pace }: OwnKeyParts) {
  const find = () => directory.find(subject);
  return known || pace === undefined ? find() : pace(find);
}

/** When the token expires, seconds since 1970. */
async function verified(
  { text, issuer }: UnverifiedToken,
  algorithm: Algorithm,
  caller: Caller,
  audience: string,
): Promise<number> {
  const publicKey = await importJWK({ ...toJwks(caller.keys)[KEY_OF[algorithm]] }, algorithm);
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
    return requireShortLife(payload.iat, payload.exp);
  } catch (error) {
    throw refusalOf(error, invalid);
  }
}

function requireShortLife(iat = Number.NaN, exp = Number.NaN): number {
  if (iat > Date.now() / 1000 + CLOCK_TOLERANCE_SECONDS) throw notYetValid('iat', iat);
  if (exp - iat <= MAX_BEARER_SECONDS) return exp;
  throw tooLong({ iat, exp }, MAX_BEARER_SECONDS);
}

function invalid() {
  return unauthorised('TOKEN_INVALID', 'the token is not signed by a key of an enrolled actor');
}
