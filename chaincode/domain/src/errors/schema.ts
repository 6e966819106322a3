import type { z } from 'zod';
import { VeinledgerError } from './errors.js';
import { excerpt, expectationOf, kindOf, violationOf } from './expectation.js';

/**
 * Checks a value against a closed schema.
 * @throws VeinledgerError of the given code, naming the first field that violates it, what was expected and what was
 *   found; of an annex, which not every reader of an error may see, only of what kind it was
 */
export function parseClosed<S extends z.ZodType>(
  schema: S,
  value: unknown,
  field: string,
  errorCode: 'SCHEMA_VIOLATION' | 'ANNEX_SCHEMA_VIOLATION' = 'SCHEMA_VIOLATION',
): z.output<S> {
  const parsed = schema.safeParse(value, { error: expectationOf });
  if (parsed.success) return parsed.data;
  const describe = errorCode === 'ANNEX_SCHEMA_VIOLATION' ? kindOf : excerpt;
  const { place, expected, found } = violationOf(parsed.error, value, describe);
  throw new VeinledgerError(errorCode, 'the content does not fit its schema', {
    field: [field, ...place].join('.'),
    expected,
    found,
  });
}

/**
 * A reviver for `JSON.parse` where a text comes from outside and need not be canonical. JavaScript takes a member
 * `__proto__` for an object's prototype, and schemas of records pass over it.
 * @throws SyntaxError for a member `__proto__`
 */
export function withoutPrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('a member is named __proto__');
  return value;
}
