import { decodeJwt, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { malformedToken, unsignedToken } from './token-refusals.js';
import { unauthorised } from './unauthorised.js';

/** What a token says of itself before anything of it is checked: it only tells by which keys to check it. */
export interface UnverifiedToken {
  readonly text: string;
  readonly algorithm: string;
  readonly keyId: string | undefined;
  readonly type: string | undefined;
  readonly issuer: string | undefined;
  readonly subject: string | undefined;
}

/** Schemes are case-insensitive, and one space or more follows them (RFC 9110 section 11.1 and 11.4). */
const BEARER = /^Bearer +([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)$/i;

const header = z.looseObject({
  alg: z.string(),
  kid: z.string().optional(),
  typ: z.string().optional(),
});
const claims = z.looseObject({ iss: z.string().optional(), sub: z.string().optional() });

/**
 * Reads the Authorization header (RFC 6750 section 2.1).
 * @throws ProblemError 401 TOKEN_MISSING, TOKEN_MALFORMED, or TOKEN_UNSIGNED for `none` and for MACs
 */
export function readUnverified(authorization: string | undefined): UnverifiedToken {
  if (authorization === undefined) throw unauthorised('TOKEN_MISSING', 'the call shows no token');
  const text = BEARER.exec(authorization)?.[1];
  if (text === undefined) throw malformedToken();
  const { alg, kid, typ } = parsed(header, () => decodeProtectedHeader(text));
  const { iss, sub } = parsed(claims, () => decodeJwt(text));
  if (alg.toLowerCase() === 'none' || /^HS/i.test(alg)) throw unsignedToken(alg.slice(0, 16));
  if (text.endsWith('.')) throw malformedToken();
  return { text, algorithm: alg, keyId: kid, type: typ, issuer: iss, subject: sub };
}

function parsed<T>(schema: z.ZodType<T>, decode: () => unknown): T {
  try {
    return schema.parse(decode());
  } catch {
    throw malformedToken();
  }
}
