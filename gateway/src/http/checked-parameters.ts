import type { z } from 'zod';
import { ProblemError } from '../problems/problem.js';
import type { AnyOperation } from '../operation/operation.js';
import { told } from './refused-by-document.js';

/** What a request names in its path and in its query, decoded. */
interface Named {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly originalUrl: string;
}

/**
 * Checks what a request names by the operation's own schemas. The document's patterns say less: they know no check
 * characters, and an identifier of which one is wrong would be a thing that there is not. The validator reads numbers as
 * JavaScript does, `0x10` and ` 5` too: here a number has the one spelling that JSON gives it.
 * @returns the path's parameters
 * @throws ProblemError INVALID_REQUEST naming the first that does not fit
 */
export function checkedParameters(
  { parameters, query = {} }: AnyOperation,
  named: Named,
): Readonly<Record<string, string>> {
  const checked: Record<string, string> = {};
  for (const [name, { schema }] of Object.entries(parameters)) {
    const value = named.params[name];
    requireFit(schema, 'params', name, value);
    if (typeof value === 'string') checked[name] = value;
  }
  const written = new URLSearchParams(named.originalUrl.slice(named.originalUrl.indexOf('?') + 1));
  for (const [name, { schema }] of Object.entries(query)) {
    const value = named.query[name];
    if (value === undefined) continue;
    requireFit(schema, 'query', name, value);
    if (typeof value === 'number') requireDecimal(schema, name, value, written.get(name));
  }
  return checked;
}

function requireDecimal(
  schema: z.ZodType,
  name: string,
  value: number,
  written: string | null,
): void {
  if (written === String(value)) return;
  const refused = told('query', name, schema, written);
  throw new ProblemError({ ...refused, expected: `${refused.expected ?? ''} in decimal digits` });
}

function requireFit(
  schema: z.ZodType,
  place: 'params' | 'query',
  name: string,
  value: unknown,
): void {
  if (!schema.safeParse(value).success) throw new ProblemError(told(place, name, schema, value));
}
