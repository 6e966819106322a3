import type { ActorKeys } from '../keys/actor-keys.js';
import { issueBearerToken, MAX_BEARER_SECONDS } from './bearer.js';

/**
 * Gives the token that a call shows.
 * @param taken by which algorithms the gateway takes tokens, where it has just refused another one
 */
export type BearerSource = (taken?: readonly string[]) => Promise<string>;

const ALGORITHMS = ['EdDSA', 'ML-DSA-65'] as const;

/** How long before its end a token is no longer shown, milliseconds. */
const RENEW_BEFORE_MS = 60_000;

/**
 * Tokens under an actor's own ledger keys, each shown until shortly before its end: by Ed25519, until the gateway refuses
 * that and takes the other one.
 */
export function ledgerBearer(options: {
  readonly actor: string;
  readonly keys: ActorKeys;
  readonly audience: string;
}): BearerSource {
  const { actor, keys, audience } = options;
  let algorithm: (typeof ALGORITHMS)[number] = 'EdDSA';
  let shown: { readonly text: string; readonly until: number } | undefined;
  return async (taken) => {
    const other = ALGORITHMS.find((each) => taken?.includes(each));
    if (other !== undefined && other !== algorithm) [algorithm, shown] = [other, undefined];
    const now = Date.now();
    if (shown === undefined || shown.until < now) {
      const text = await issueBearerToken(keys, { actor, audience, algorithm });
      shown = { text, until: now + MAX_BEARER_SECONDS * 1000 - RENEW_BEFORE_MS };
    }
    return shown.text;
  };
}
