import type { JWTVerifyGetKey } from 'jose';

/** Who issues tokens that callers may show besides those under their own keys. */
export interface TokenIssuer {
  /** the `iss` of its tokens */
  readonly url: string;
  /** what its tokens must name as their audience */
  readonly audience: string;
  /** the member for whose actors it speaks; undefined for the development issuer, which speaks for everybody */
  readonly organisation: string | undefined;
  /** the claim that holds the actor's id */
  readonly actorClaim: string;
  /**
   * The key by which a token is signed.
   * @throws jose's JWKSNoMatchingKey, or ProblemError 503 ISSUER_UNAVAILABLE
   */
  readonly keyOf: JWTVerifyGetKey;
}
