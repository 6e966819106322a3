import { parseItem } from 'structured-headers';
import { z } from 'zod';
import { ProblemError } from '../problems/problem.js';
import type { AnyOperation, OptionalParameter } from '../operation/operation.js';
import { malformedKey } from './malformed-key.js';

/** The header, as requests are checked and as the document describes it. */
export const IDEMPOTENCY_KEY = {
  description:
    'A string in double quotes that the caller chose for this request: asked again within 24 hours, it is answered ' +
    'as before and not done again (draft-ietf-httpapi-idempotency-key-header)',
  schema: z.string().regex(/^"(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\]){1,255}"$/),
} satisfies OptionalParameter;

/**
 * Whether an operation's answers are kept under keys: it changes something, for somebody who is known, and neither what
 * is asked nor the answer is a secret.
 */
export function takesIdempotencyKey({ access, method, idempotency }: AnyOperation): boolean {
  return access === 'actor' && method === 'post' && idempotency !== 'none';
}

/**
 * The value of an `Idempotency-Key` header: an RFC 9651 string, as draft-ietf-httpapi-idempotency-key-header says.
 * @throws ProblemError 400 IDEMPOTENCY_KEY_MALFORMED
 */
export function readIdempotencyKey(header: string): string {
  const value: unknown = IDEMPOTENCY_KEY.schema.safeParse(header).success
    ? parseItem(header)[0]
    : undefined;
  if (typeof value === 'string') return value;
  throw new ProblemError(malformedKey());
}

/** A key for a request that is not remembered, since it or its answer holds what opens something. */
export function keyNotTaken(): ProblemError {
  return new ProblemError({
    status: 400,
    code: 'IDEMPOTENCY_KEY_NOT_TAKEN',
    detail: 'what is asked holds a secret and is remembered nowhere; nothing was done',
    field: 'idempotency-key',
    expected: 'no idempotency key on this route',
  });
}
