import { actorId } from '@veinledger/domain';
import { type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { ProblemError } from '../problems/problem.js';
import type { ActorDirectory } from './actor-directory.js';
import type { Caller } from './caller.js';
import { narrowRoles } from './narrow-roles.js';
import type { UnverifiedToken } from './read-unverified.js';
import type { TokenIssuer } from './token-issuer.js';
import { refusalOf } from './token-refusals.js';
import { CLOCK_TOLERANCE_SECONDS } from './token-times.js';
import { unauthorised } from './unauthorised.js';

/** Algorithms whose signatures only the issuer can make: RFC 7518, RFC 8037, RFC 9864, RFC 9964. */
const ALGORITHMS = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519', 'ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'],
];

/** The types of tokens that say who calls: a JWT of OpenID Connect, and RFC 9068's access token. */
const TYPES = /^(?:application\/)?(?:at\+)?jwt$/i;

const claimed = z.string().pipe(actorId);

/**
 * The actor whom an identity provider's token names, with the roles that it leaves.
 * @throws ProblemError 401, 403 or 503 as {@link BearerCheck.check} lists them
 */
export async function callerByProvider(
  token: UnverifiedToken,
  issuer: TokenIssuer,
  directory: ActorDirectory,
): Promise<Caller> {
  if (token.type !== undefined && !TYPES.test(token.type)) {
    throw unauthorised('TOKEN_INVALID', 'the token was issued for something else', {
      expected: 'JWT or at+jwt',
      found: token.type.slice(0, 64),
    });
  }
  const payload = await verify(token, issuer);
  const actor = claimed.safeParse(payload[issuer.actorClaim]);
  if (!actor.success) {
    throw unauthorised('TOKEN_INCOMPLETE', 'the token names no actor', {
      expected: issuer.actorClaim,
    });
  }
  const caller = await directory.find(actor.data);
  if (caller === undefined) throw denied('ACTOR_UNKNOWN', 'nobody is enrolled under this id');
  if (issuer.organisation !== undefined && issuer.organisation !== caller.organisation) {
    throw denied('OTHER_MEMBERS_ACTOR', "the issuer speaks for its own member's actors only");
  }
  return { ...caller, roles: narrowRoles(caller.roles, payload['roles']) };
}

async function verify(token: UnverifiedToken, issuer: TokenIssuer): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token.text, issuer.keyOf, {
      algorithms: ALGORITHMS,
      issuer: issuer.url,
      audience: issuer.audience,
      requiredClaims: ['exp'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    });
    return payload;
  } catch (error) {
    throw refusalOf(error, () =>
      unauthorised('SIGNATURE_WRONG', "the token is not signed by a key of the issuer's"),
    );
  }
}

function denied(code: string, detail: string): ProblemError {
  return new ProblemError({ status: 403, code, detail, field: 'authorization' });
}
