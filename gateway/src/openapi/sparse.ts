import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** An answer of which the caller asked for some members only. */
export const SPARSE_MEDIA_TYPE = 'application/vnd.veinledger.sparse+json';

const inlined = new WeakMap<z.ZodType, JsonSchema>();

/** The schema of an answer with nothing referred to elsewhere. */
export function inlineSchema(schema: z.ZodType): JsonSchema {
  const known = inlined.get(schema);
  if (known) return known;
  const made = withoutDialect(z.toJSONSchema(schema, { io: 'input', reused: 'inline' }));
  inlined.set(schema, made);
  return made;
}

/** A schema inside the document, which names its dialect once for all. */
export function withoutDialect(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([member]) => member !== '$schema'));
}

/** The schema of an answer in part: the same members, and none of them needed. */
export function sparseSchema(schema: z.ZodType): JsonSchema {
  return withoutRequired(inlineSchema(schema));
}

/**
 * Members may be named `required`, as what `properties` holds; a schema's own `required` is a list. Several of a
 * discriminated union's options fit an object whose discriminator is left out.
 */
function withoutRequired(schema: JsonSchema): JsonSchema {
  const entries = Object.entries(schema)
    .filter(([name, value]) => !(name === 'required' && Array.isArray(value)))
    .map(([name, value]) => [name === 'oneOf' ? 'anyOf' : name, inside(value)] as const);
  return Object.fromEntries(entries);
}

function inside(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inside);
  return isSchema(value) ? withoutRequired(value) : value;
}

/** Whether a part of a schema is an object, such as another schema. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
