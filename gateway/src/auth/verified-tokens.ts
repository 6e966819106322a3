import { createHash } from 'node:crypto';

/** What was found in a token whose signature and claims hold. */
export interface VerifiedToken {
  readonly algorithm: 'EdDSA' | 'ML-DSA-65';
  /** thumbprint of the key that signed it */
  readonly kid: string;
  /** the actor's id */
  readonly subject: string;
  /** seconds since 1970 */
  readonly expiresAt: number;
}

/** More tokens than this are not remembered, unless the caller says otherwise. */
const REMEMBERED = 10_000;

/** Tokens that were verified, until they expire, by their SHA-256: none of them is kept itself. */
export class VerifiedTokens {
  readonly #tokens = new Map<string, VerifiedToken>();
  readonly #capacity: number;

  constructor(capacity = REMEMBERED) {
    this.#capacity = capacity;
  }

  /** Undefined for a token that was not verified before, or has expired since. */
  find(token: string): VerifiedToken | undefined {
    const name = nameOf(token);
    const found = this.#tokens.get(name);
    if (found === undefined || Date.now() < found.expiresAt * 1000) return found;
    this.#tokens.delete(name);
    return undefined;
  }

  remember(token: string, verified: VerifiedToken): void {
    if (this.#tokens.size >= this.#capacity) this.#forgetExpired();
    if (this.#tokens.size < this.#capacity) this.#tokens.set(nameOf(token), verified);
  }

  #forgetExpired(): void {
    const now = Date.now();
    for (const [name, { expiresAt }] of this.#tokens) {
      if (expiresAt * 1000 <= now) this.#tokens.delete(name);
    }
  }
}

function nameOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
