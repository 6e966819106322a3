import { keyIds } from '@veinledger/domain';
import { importJWK, SignJWT } from 'jose';
import type { ActorKeys } from '../keys/actor-keys.js';
import { toPrivateJwks } from '../keys/private-jwk.js';

/** Longest life of a bearer token, in seconds. */
export const MAX_BEARER_SECONDS = 300;

/** The `typ` of a bearer token (RFC 8725 section 3.11): a signature under it can be no command's. */
export const BEARER_TYPE = 'vnd.veinledger.bearer+jwt';

export interface BearerOptions {
  /** the actor's id: issuer and subject */
  readonly actor: string;
  /** the gateway the token is for */
  readonly audience: string;
  /** which of the actor's keys signs; EdDSA when left out */
  readonly algorithm?: 'EdDSA' | 'ML-DSA-65';
  /** seconds until it expires, at most 300, which is also what applies when left out */
  readonly lifetimeSeconds?: number;
}

/**
 * A JWT (RFC 7519) by which an actor shows a gateway who calls, signed by its own ledger key.
 * @throws RangeError when the lifetime is not between 1 and 300 seconds
 */
export async function issueBearerToken(keys: ActorKeys, options: BearerOptions): Promise<string> {
  const { actor, audience, algorithm = 'EdDSA', lifetimeSeconds = MAX_BEARER_SECONDS } = options;
  if (!(lifetimeSeconds >= 1 && lifetimeSeconds <= MAX_BEARER_SECONDS)) {
    throw new RangeError(
      `lifetimeSeconds: expected 1 to ${MAX_BEARER_SECONDS}, found ${lifetimeSeconds}`,
    );
  }
  const key = algorithm === 'EdDSA' ? 'ed25519' : 'mlDsa65';
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: algorithm, kid: keyIds(keys.public)[key], typ: BEARER_TYPE })
    .setIssuer(actor)
    .setSubject(actor)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + Math.floor(lifetimeSeconds))
    .setJti(crypto.randomUUID())
    .sign(await importJWK({ ...toPrivateJwks(keys)[key] }, algorithm));
}
