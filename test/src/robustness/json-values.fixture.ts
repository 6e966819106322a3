import fc from 'fast-check';
import { z } from 'zod';

/** The parts of JSON Schema 2020-12 that the gateway's document uses. */
interface Schema {
  readonly $ref?: string | undefined;
  readonly type?: string | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly oneOf?: readonly Schema[] | undefined;
  readonly allOf?: readonly Schema[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Schema | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly pattern?: string | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
}

const schemaShape: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.string().optional(),
    const: z.unknown().optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(schemaShape).optional(),
    oneOf: z.array(schemaShape).optional(),
    allOf: z.array(schemaShape).optional(),
    properties: z.record(z.string(), schemaShape).optional(),
    required: z.array(z.string()).optional(),
    items: schemaShape.optional(),
    minItems: z.number().optional(),
    maxItems: z.number().optional(),
    pattern: z.string().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
  }),
);

const COMPONENT = '#/components/schemas/';
/** Lists and texts stay short: what is looked for is a shape that was not thought of. */
const LONGEST_LIST = 3;
const LONGEST_TEXT = 40;

const drawn = new WeakMap<object, fc.Arbitrary<unknown>>();

/** Values that fit a schema; what the schema does not say (a check character, a signature) may still be wrong. */
export function fitting(
  schema: unknown,
  components: Readonly<Record<string, unknown>>,
): fc.Arbitrary<unknown> {
  if (typeof schema !== 'object' || schema === null) throw new TypeError('expected a schema');
  const known = drawn.get(schema) ?? valueOf(schemaShape.parse(schema), components);
  drawn.set(schema, known);
  return known;
}

function valueOf(
  schema: Schema,
  components: Readonly<Record<string, unknown>>,
): fc.Arbitrary<unknown> {
  const of = (each: Schema): fc.Arbitrary<unknown> => valueOf(each, components);
  if (schema.$ref !== undefined) {
    return fitting(components[schema.$ref.slice(COMPONENT.length)], components);
  }
  if ('const' in schema && schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(of));
  if (schema.allOf)
    return fc.tuple(...schema.allOf.map(of)).map((parts) => Object.assign({}, ...parts) as unknown);
  switch (schema.type) {
    case 'object':
      return recordOf(schema, of);
    case 'array':
      return fc.array(schema.items ? of(schema.items) : fc.jsonValue({ maxDepth: 1 }), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(
          schema.minItems ?? 0,
          Math.min(schema.maxItems ?? LONGEST_LIST, LONGEST_LIST),
        ),
      });
    case 'string':
      return textOf(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000 });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function recordOf(
  { properties = {}, required = [] }: Schema,
  of: (each: Schema) => fc.Arbitrary<unknown>,
) {
  const members = Object.entries(properties).map(([name, each]) => [name, of(each)] as const);
  return fc.record(Object.fromEntries(members), {
    requiredKeys: required.filter((name) => name in properties),
  });
}

const matched = new Map<string, fc.Arbitrary<string>>();

/** What a pattern is made of is worked out once: schemas repeat the same ones. */
function matching(pattern: string): fc.Arbitrary<string> {
  const known = matched.get(pattern) ?? fc.stringMatching(new RegExp(pattern));
  matched.set(pattern, known);
  return known;
}

function textOf({ pattern, minLength = 0, maxLength = Infinity }: Schema): fc.Arbitrary<string> {
  if (pattern !== undefined) {
    const fits = (text: string) => text.length >= minLength && text.length <= maxLength;
    const key = 'A'.repeat(minLength);
    // a key of prescribed length is hardly ever drawn by chance
    if (minLength === maxLength && new RegExp(pattern).test(key)) return fc.constant(key);
    return matching(pattern).filter(fits);
  }
  const longest = Math.max(minLength, Math.min(maxLength, LONGEST_TEXT));
  return fc.string({ minLength, maxLength: longest });
}
