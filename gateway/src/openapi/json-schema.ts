import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

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

/** Whether a part of a schema is an object, such as another schema. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
