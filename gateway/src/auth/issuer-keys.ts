import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { ProblemError } from '../problems/problem.js';

/** How an issuer's keys are fetched; what is left out has a default. */
export interface IssuerKeysOptions {
  /** how long an unknown key id fetches no keys again, milliseconds */
  readonly cooldownMs?: number;
  /** how long an issuer that did not answer is not asked again, milliseconds */
  readonly pauseMs?: number;
  readonly timeoutMs?: number;
}

const COOLDOWN_MS = 30_000;
const PAUSE_MS = 5_000;
const TIMEOUT_MS = 5_000;
const MS_PER_SECOND = 1000;

/** What the gateway needs of OpenID Connect Discovery 1.0, section 3. */
const metadata = z.looseObject({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

/**
 * The signing keys of an issuer, found by OpenID Connect Discovery and fetched again when a token names an unknown one.
 * @returns throws JWKSNoMatchingKey for a key that the issuer does not publish, and ProblemError 503
 *   ISSUER_UNAVAILABLE while its keys cannot be had
 */
export function issuerKeys(issuer: string, options: IssuerKeysOptions = {}): JWTVerifyGetKey {
  const { cooldownMs = COOLDOWN_MS, pauseMs = PAUSE_MS, timeoutMs = TIMEOUT_MS } = options;
  const fetchPaced = paced(pauseMs);
  let found: Promise<JWTVerifyGetKey> | undefined;
  const discover = async (): Promise<JWTVerifyGetKey> => {
    const url = await keySetOf(issuer, fetchPaced, timeoutMs);
    return createRemoteJWKSet(url, {
      cooldownDuration: cooldownMs,
      timeoutDuration: timeoutMs,
      [customFetch]: fetchPaced,
    });
  };
  return async (header, token) => {
    try {
      found ??= discover().catch((error: unknown) => {
        found = undefined;
        throw error;
      });
      return await (
        await found
      )(header, token);
    } catch (error) {
      throw isAboutToken(error) ? error : unavailable(pauseMs, error);
    }
  };
}

/** Fetches, but leaves an address alone for a while that has just failed. */
function paced(pauseMs: number): typeof fetch {
  let failedAt = Number.NEGATIVE_INFINITY;
  return async (input, init) => {
    if (Date.now() < failedAt + pauseMs) throw new Error('the issuer has just failed to answer');
    try {
      const response = await fetch(input, init);
      if (response.status === 200) return response;
      throw new Error(`the issuer answered ${response.status}`);
    } catch (error) {
      failedAt = Date.now();
      throw error;
    }
  };
}

async function keySetOf(issuer: string, fetchPaced: typeof fetch, timeoutMs: number): Promise<URL> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetchPaced(url, { redirect: 'error', signal });
  const { issuer: stated, jwks_uri: keySet } = metadata.parse(await response.json());
  if (stated !== issuer) throw new Error('the discovery document is of another issuer');
  if (issuer.startsWith('https:') && !keySet.startsWith('https:')) {
    throw new Error('the discovery document names keys that anybody on the way could change');
  }
  return new URL(keySet);
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

function unavailable(pauseMs: number, cause: unknown): ProblemError {
  const details = {
    status: 503,
    code: 'ISSUER_UNAVAILABLE',
    detail: "the issuer's keys cannot be had; the token was not judged",
    field: 'authorization',
    headers: { 'retry-after': String(Math.max(1, Math.ceil(pauseMs / MS_PER_SECOND))) },
  };
  return new ProblemError(details, { cause });
}
