import { z } from 'zod';
import { IDEMPOTENCY_KEY, takesIdempotencyKey } from '../idempotency/key.js';
import { mayKeep } from '../operation/may-keep.js';
import type { AnyOperation, OptionalParameter } from '../operation/operation.js';
import { jsonSchema } from './components.js';

const IF_NONE_MATCH: OptionalParameter = {
  description: 'ETags of answers that the caller has already (RFC 9110, section 13.1.2)',
  schema: z.string(),
};

/** What an operation is asked by: its path, its query, and the headers that it reads. */
export function parametersOf(operation: AnyOperation): readonly object[] {
  const { parameters, query = {}, headers = {} } = operation;
  const inPath = Object.entries(parameters).map(([name, { schema }]) => ({
    name,
    in: 'path',
    required: true,
    schema: jsonSchema(schema),
  }));
  const shared = {
    ...(takesIdempotencyKey(operation) ? { 'Idempotency-Key': IDEMPOTENCY_KEY } : {}),
    ...(mayKeep(operation) ? { 'If-None-Match': IF_NONE_MATCH } : {}),
  };
  return [
    ...inPath,
    ...optional('query', query),
    ...optional('header', headers),
    ...optional('header', shared),
  ];
}

function optional(
  place: 'query' | 'header',
  rows: Readonly<Record<string, OptionalParameter>>,
): readonly object[] {
  return Object.entries(rows).map(([name, { description, schema }]) => ({
    name,
    in: place,
    required: false,
    description,
    // commas and colons need no escape in a query (RFC 3986, section 3.4)
    ...(place === 'query' ? { allowReserved: true } : {}),
    // a list is one value, its members separated by commas
    ...(schema instanceof z.ZodArray ? { style: 'form', explode: false } : {}),
    schema: jsonSchema(schema),
  }));
}
