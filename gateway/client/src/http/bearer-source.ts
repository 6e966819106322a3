import type { ActorKeys } from '../keys/actor-keys.js';
import { issueBearerToken, MAX_BEARER_SECONDS } from './bearer.js';

/** Gives the token that a call shows. */
export type BearerSource = () => Promise<string>;

/** How long before its end a token is no longer shown, milliseconds. */
const RENEW_BEFORE_MS = 60_000;

/** Tokens under an actor's own ledger key, each shown until shortly before its end. */
export function ledgerBearer(options: {
  readonly actor: string;
  readonly keys: ActorKeys;
  readonly audience: string;
}): BearerSource {
  const { actor, keys, audience } = options;
  let shown: { readonly text: string; readonly until: number } | undefined;
  return async () => {
    const now = Date.now();
    if (shown === undefined || shown.until < now) {
      const text = await issueBearerToken(keys, { actor, audience });
      shown = { text, until: now + MAX_BEARER_SECONDS * 1000 - RENEW_BEFORE_MS };
    }
    return shown.text;
  };
}
