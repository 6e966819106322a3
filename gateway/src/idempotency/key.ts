import { parseItem } from 'structured-headers';
import { ProblemError } from '../problems/problem.js';

const MAX_LENGTH = 255;

/**
 * The value of an `Idempotency-Key` header: an RFC 9651 string, as draft-ietf-httpapi-idempotency-key-header says.
 * @throws ProblemError 400 IDEMPOTENCY_KEY_MALFORMED
 */
export function readIdempotencyKey(header: string): string {
  const value = valueOf(header);
  if (typeof value === 'string' && value.length > 0 && value.length <= MAX_LENGTH) return value;
  throw new ProblemError({
    status: 400,
    code: 'IDEMPOTENCY_KEY_MALFORMED',
    detail: 'the idempotency key is no string in double quotes',
    field: 'idempotency-key',
    expected: `1 to ${MAX_LENGTH} characters in double quotes (RFC 9651 section 3.3.3)`,
  });
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

function valueOf(header: string): unknown {
  try {
    return parseItem(header)[0];
  } catch {
    return undefined;
  }
}
