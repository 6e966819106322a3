import { randomBytes } from 'node:crypto';
import { canonicalise, sha256Base64url } from '@veinledger/domain';
import { challengeExpired, unknownChallenge } from './refusals.js';

/** What a person's passkey is asked to agree to. */
export type Purpose =
  /** one signature: `payload` is the command's id, the SHA-256 of what will be signed */
  | { readonly purpose: 'sign'; readonly payload: string }
  /** keys that stay unlocked for attributed entries */
  | { readonly purpose: 'unlock' }
  /** another passkey for the same keys */
  | { readonly purpose: 'add-passkey'; readonly salt: string };

/** What an answer must be to. */
export type Expected =
  | { readonly purpose: 'sign'; readonly payload: string }
  | { readonly purpose: 'unlock' | 'add-passkey' };

/** A challenge: the SHA-256 of a request that says who is asked, for what. */
export interface Challenge {
  /** canonical JSON; anybody can compute the challenge from it */
  readonly request: string;
  /** base64url */
  readonly challenge: string;
  /** milliseconds since 1970 */
  readonly expiresAt: number;
}

interface Open extends Challenge {
  readonly actor: string;
  readonly asked: Purpose;
}

const LIFETIME_MS = 120_000;
/** How long a challenge is remembered after its end, so that a late answer is told when that was, milliseconds. */
const TOLD_AFTER_MS = 10 * 60_000;
const NONCE_BYTES = 16;
/** the most of one actor's that are known */
const MAX_OPEN = 8;

/** Challenges that were set and not answered yet, in memory only. Each is good for one answer. */
export class Challenges {
  readonly #network: string;
  readonly #now: () => number;
  #open: readonly Open[] = [];

  constructor(network: string, now: () => number = Date.now) {
    this.#network = network;
    this.#now = now;
  }

  set(actor: string, asked: Purpose): Challenge {
    const nonce = randomBytes(NONCE_BYTES).toString('base64url');
    const request = canonicalise({ v: 1, network: this.#network, actor, ...asked, nonce });
    const challenge = sha256Base64url(request);
    const expiresAt = this.#now() + LIFETIME_MS;
    const others = this.#open.filter((each) => each.expiresAt + TOLD_AFTER_MS >= this.#now());
    const mine = others.filter((each) => each.actor === actor).slice(-(MAX_OPEN - 1));
    this.#open = [
      ...others.filter((each) => each.actor !== actor),
      ...mine,
      { actor, asked, request, challenge, expiresAt },
    ];
    return { request, challenge, expiresAt };
  }

  /**
   * Takes a challenge away, whatever becomes of its answer.
   * @throws ProblemError 403 CHALLENGE_UNKNOWN when it is not open for this actor and this purpose, CHALLENGE_EXPIRED
   */
  take(actor: string, challenge: string, expected: Expected): Purpose {
    const found = this.#open.find((each) => each.challenge === challenge && each.actor === actor);
    this.#open = this.#open.filter((each) => each !== found);
    if (found === undefined) throw unknownChallenge();
    const now = this.#now();
    if (found.expiresAt < now) throw challengeExpired(found.expiresAt, now);
    const { asked } = found;
    if (asked.purpose !== expected.purpose) throw unknownChallenge();
    if (asked.purpose !== 'sign' || expected.purpose !== 'sign') return asked;
    if (asked.payload !== expected.payload) throw unknownChallenge();
    return asked;
  }
}
