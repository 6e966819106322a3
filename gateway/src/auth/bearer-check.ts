import { keyIds, toJwks } from '@veinledger/chaincode/domain';
import { decodeJwt, decodeProtectedHeader, errors, importJWK, jwtVerify } from 'jose';
import { BEARER_TYPE, MAX_BEARER_SECONDS } from '@veinledger/client';
import type { ActorDirectory } from './actor-directory.js';
import type { Caller } from './caller.js';
import { unauthorised } from './unauthorised.js';
import { type VerifiedToken, VerifiedTokens } from './verified-tokens.js';

/** How far a caller's clock may lie from the gateway's, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 5;

const KEY_OF = { EdDSA: 'ed25519', 'ML-DSA-65': 'mlDsa65' } as const;
type Algorithm = keyof typeof KEY_OF;

const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/;

/** Checks who calls: a JWT (RFC 7519) under the caller's own ledger key, for this gateway, at most 5 minutes long. */
export class BearerCheck {
  readonly #audience: () => string;
  readonly #directory: ActorDirectory;
  readonly #verified = new VerifiedTokens();

  constructor(options: { readonly audience: () => string; readonly directory: ActorDirectory }) {
    this.#audience = options.audience;
    this.#directory = options.directory;
  }

  /**
   * @param authorization the header's value
   * @throws ProblemError 401 with TOKEN_MISSING, TOKEN_MALFORMED, TOKEN_EXPIRED, TOKEN_TOO_LONG,
   *   WRONG_AUDIENCE, TOKEN_INVALID (an unknown actor included) or ACTOR_REVOKED
   */
  async check(authorization: string | undefined): Promise<Caller> {
    if (authorization === undefined) throw unauthorised('TOKEN_MISSING', 'the call shows no token');
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) throw malformed();
    const before = this.#verified.find(token);
    const { algorithm, kid, subject } = before ?? readUnverified(token);
    const caller = await this.#directory.find(subject);
    if (caller === undefined) throw invalid();
    // the actor's keys may have changed since the token was verified
    if (kid !== keyIds(caller.keys)[KEY_OF[algorithm]]) throw invalid();
    if (!before) this.#verified.remember(token, await this.#verify(token, algorithm, kid, caller));
    if (caller.revokedAt !== undefined) {
      throw unauthorised('ACTOR_REVOKED', 'the actor was revoked');
    }
    return caller;
  }

  async #verify(
    token: string,
    algorithm: Algorithm,
    kid: string,
    caller: Caller,
  ): Promise<VerifiedToken> {
    const publicKey = await importJWK({ ...toJwks(caller.keys)[KEY_OF[algorithm]] }, algorithm);
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        algorithms: [algorithm],
        typ: BEARER_TYPE,
        issuer: caller.id,
        subject: caller.id,
        audience: this.#audience(),
        requiredClaims: ['iat', 'exp', 'jti'],
        maxTokenAge: MAX_BEARER_SECONDS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      const expiresAt = requireShortLife(payload.iat, payload.exp);
      return { algorithm, kid, subject: caller.id, expiresAt };
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

function readUnverified(token: string): { algorithm: Algorithm; kid: unknown; subject: string } {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    const { sub } = decodeJwt(token);
    if ((alg === 'EdDSA' || alg === 'ML-DSA-65') && sub !== undefined && sub.length <= 64) {
      return { algorithm: alg, kid, subject: sub };
    }
  } catch {
    throw malformed();
  }
  throw invalid();
}

/** When the token expires, seconds since 1970. */
function requireShortLife(iat: number | undefined, exp: number | undefined): number {
  if (iat !== undefined && exp !== undefined && exp - iat <= MAX_BEARER_SECONDS) return exp;
  throw unauthorised('TOKEN_TOO_LONG', `a token lives at most ${MAX_BEARER_SECONDS} seconds`);
}

function refusalOf(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) {
    return unauthorised('TOKEN_EXPIRED', 'the token has expired');
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    return unauthorised('WRONG_AUDIENCE', 'the token is for another gateway');
  }
  return error instanceof errors.JOSEError ? invalid() : error;
}

function malformed() {
  return unauthorised('TOKEN_MALFORMED', 'the Authorization header holds no bearer JWT');
}

function invalid() {
  return unauthorised('TOKEN_INVALID', 'the token is not signed by a key of an enrolled actor');
}
