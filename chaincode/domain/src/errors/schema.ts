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
 * Refuses what `JSON.parse` made of a text that comes from outside and need not be canonical, where a member is named
 * `__proto__`: JavaScript takes it for an object's prototype, and schemas of records pass over it. A reviver would do the
 * same at twenty times the cost, and end at the depth of the stack.
 * @throws SyntaxError for a member `__proto__`
 */
export function requireNoPrototype(parsed: unknown): void {
  const left = [parsed];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Object.hasOwn(value, '__proto__')) throw new SyntaxError('a member is named __proto__');
    const members: readonly unknown[] = Object.values(value);
    for (const each of members) {
      if (typeof each === 'object') left.push(each);
    }
  }
}
