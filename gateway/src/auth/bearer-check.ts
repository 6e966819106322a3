import { BEARER_TYPE } from '@veinledger/client';
import type { ActorDirectory } from './actor-directory.js';
import type { Caller } from './caller.js';
import { callerByOwnKey, type Pace } from './own-key-token.js';
import { callerByProvider } from './provider-token.js';
import { readUnverified, type UnverifiedToken } from './read-unverified.js';
import { type AlgorithmsNow, requireTrusted } from './required-algorithms.js';
import type { TokenIssuer } from './token-issuer.js';
import { wrongIssuer } from './token-refusals.js';
import { unauthorised } from './unauthorised.js';
import { VerifiedTokens } from './verified-tokens.js';

/** What the check goes by. */
export interface BearerCheckOptions {
  /** what tokens under actors' own keys must name */
  readonly audience: () => string;
  readonly directory: ActorDirectory;
  /** by what members want signatures to be made */
  readonly algorithms: AlgorithmsNow;
  /** identity providers besides; none when left out */
  readonly issuers?: readonly TokenIssuer[];
}

/**
 * Checks who calls: by a JWT (RFC 7519) under the caller's own ledger key, for this gateway, at most 5 minutes long,
 * or by one of an identity provider that a member vouches for.
 */
export class BearerCheck {
  readonly #options: BearerCheckOptions;
  readonly #verified = new VerifiedTokens();

  constructor(options: BearerCheckOptions) {
    this.#options = options;
  }

  /**
   * @param authorization the header's value
   * @param pace when to look up whom a token names that was not verified before; at once when left out
   * @throws ProblemError 401 with TOKEN_MISSING, TOKEN_MALFORMED, TOKEN_UNSIGNED, TOKEN_EXPIRED, TOKEN_NOT_YET_VALID,
   *   TOKEN_TOO_LONG, TOKEN_INCOMPLETE, TOKEN_ALGORITHM_REFUSED, WRONG_AUDIENCE, WRONG_ISSUER, TOKEN_INVALID,
   *   SIGNATURE_WRONG or ACTOR_REVOKED;
   *   403 with ACTOR_UNKNOWN, OTHER_MEMBERS_ACTOR or ROLES_DENIED; 503 ISSUER_UNAVAILABLE
   */
  async check(authorization: string | undefined, pace?: Pace): Promise<Caller> {
    const token = readUnverified(authorization);
    const caller = await this.#callerOf(token, pace);
    if (caller.revokedAt === undefined) return { ...caller, algorithm: token.algorithm };
    throw unauthorised('ACTOR_REVOKED', 'the actor was revoked');
  }

  async #callerOf(token: UnverifiedToken, pace?: Pace): Promise<Caller> {
    const { audience, directory, algorithms, issuers = [] } = this.#options;
    // before a token that was verified is remembered: members may have decided since
    requireTrusted(token.algorithm, await algorithms());
    if (token.type === BEARER_TYPE)
      return callerByOwnKey(token, {
        ...{ audience: audience(), directory, verified: this.#verified },
        ...(pace && { pace }),
      });
    const issuer = issuers.find(({ url }) => url === token.issuer);
    if (issuer === undefined) throw wrongIssuer();
    return callerByProvider(token, issuer, directory);
  }
}
