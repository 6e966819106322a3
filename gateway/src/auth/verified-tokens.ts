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

/** How many tokens are remembered at most. */
export interface TokenBounds {
  readonly all: number;
  /** of one actor: whoever signs more pays for the check of each, and takes nobody else's place */
  readonly each: number;
}

/** A client's token serves for minutes: this is one actor on a hundred machines. */
const BOUNDS: TokenBounds = { all: 10_000, each: 100 };

/** Tokens that were verified, until they expire, by their SHA-256: none of them is kept itself. */
export class VerifiedTokens {
  readonly #tokens = new Map<string, VerifiedToken>();
  /** how many there are of an actor */
  readonly #counts = new Map<string, number>();
  readonly #bounds: TokenBounds;

  constructor(bounds = BOUNDS) {
    this.#bounds = bounds;
  }

  /** Undefined for a token that was not verified before, or has expired since. */
  find(token: string): VerifiedToken | undefined {
    const name = nameOf(token);
    const found = this.#tokens.get(name);
    if (found === undefined || Date.now() < found.expiresAt * 1000) return found;
    this.#forget(name, found);
    return undefined;
  }

  remember(token: string, verified: VerifiedToken): void {
    if (!this.#hasPlace(verified)) this.#forgetExpired();
    const name = nameOf(token);
    if (this.#tokens.has(name) || !this.#hasPlace(verified)) return;
    this.#tokens.set(name, verified);
    this.#counts.set(verified.subject, this.#countOf(verified) + 1);
  }

  #hasPlace(verified: VerifiedToken): boolean {
    return this.#tokens.size < this.#bounds.all && this.#countOf(verified) < this.#bounds.each;
  }

  #countOf({ subject }: VerifiedToken): number {
    return this.#counts.get(subject) ?? 0;
  }

  #forget(name: string, verified: VerifiedToken): void {
    this.#tokens.delete(name);
    const left = this.#countOf(verified) - 1;
    if (left > 0) this.#counts.set(verified.subject, left);
    else this.#counts.delete(verified.subject);
  }

  #forgetExpired(): void {
    const now = Date.now();
    for (const [name, verified] of this.#tokens) {
      if (verified.expiresAt * 1000 <= now) this.#forget(name, verified);
    }
  }
}

function nameOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
