import type { z } from 'zod';
import { VeinledgerError } from './errors.js';

/**
 * Checks a value against a closed schema.
 * @throws VeinledgerError of the given code, naming the first field that violates it
 */
export function parseClosed<S extends z.ZodType>(
  schema: S,
  value: unknown,
  field: string,
  errorCode: 'SCHEMA_VIOLATION' | 'ANNEX_SCHEMA_VIOLATION' = 'SCHEMA_VIOLATION',
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = [field, ...(issue?.path ?? [])].join('.');
  throw new VeinledgerError(errorCode, 'the content does not fit its schema', {
    field: path,
    expected: issue?.message ?? 'a valid value',
    found: excerpt(valueAt(value, issue?.path ?? [])),
  });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = new Map<PropertyKey, unknown>(Object.entries(current)).get(String(step));
  }
  return current;
}

function excerpt(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
