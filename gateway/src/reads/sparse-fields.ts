import type { z } from 'zod';
import { inlineSchema, isSchema, type JsonSchema } from '../openapi/json-schema.js';
import { ProblemError } from '../problems/problem.js';

/** The members that are asked for, and of each of them which; all of one that asks for none. */
export interface Selection {
  readonly members: ReadonlyMap<string, Selection>;
}

interface Growing {
  readonly members: Map<string, Growing>;
  whole: boolean;
}

/**
 * Reads `a,b.c`: member a, and of member b its member c, of each where b is a list.
 * @param schema of the answer
 * @throws ProblemError UNKNOWN_FIELD, naming the first member that the answer never has, and those that it has
 */
export function readFields(fields: string, schema: z.ZodType): Selection {
  const root: Growing = { members: new Map(), whole: false };
  for (const path of fields.split(',')) {
    let [schemas, selection] = [[inlineSchema(schema)], root];
    const walked: string[] = [];
    for (const name of path.split('.')) {
      const known = membersOf(schemas);
      const found = known.named.get(name) ?? known.any;
      walked.push(name);
      if (found.length === 0) throw unknownField(walked.join('.'), [...known.named.keys()]);
      schemas = found;
      const below = selection.members.get(name) ?? { members: new Map(), whole: false };
      selection.members.set(name, below);
      selection = below;
    }
    selection.whole = true;
  }
  return settled(root);
}

/** The part of a value that was asked for. */
export function pick(value: unknown, { members }: Selection): unknown {
  if (members.size === 0) return value;
  if (Array.isArray(value)) return value.map((each) => pick(each, { members }));
  if (!isSchema(value)) return value;
  const picked: Record<string, unknown> = {};
  for (const [name, below] of members) {
    if (Object.hasOwn(value, name)) picked[name] = pick(value[name], below);
  }
  return picked;
}

function settled({ members, whole }: Growing): Selection {
  if (whole) return { members: new Map() };
  return { members: new Map([...members].map(([name, below]) => [name, settled(below)])) };
}

interface Members {
  readonly named: Map<string, JsonSchema[]>;
  /** the schemas of members of any name */
  readonly any: JsonSchema[];
}

function membersOf(schemas: readonly JsonSchema[]): Members {
  const members: Members = { named: new Map(), any: [] };
  for (const schema of schemas) collect(schema, members);
  return members;
}

/** Every member that a value of the schema can have, through lists and options. */
function collect(schema: JsonSchema, members: Members): void {
  const { properties, additionalProperties, items } = schema;
  if (isSchema(properties)) {
    for (const [name, member] of Object.entries(properties)) {
      if (!isSchema(member)) continue;
      members.named.set(name, [...(members.named.get(name) ?? []), member]);
    }
  }
  if (isSchema(additionalProperties)) members.any.push(additionalProperties);
  if (isSchema(items)) collect(items, members);
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    const options = schema[keyword];
    if (!Array.isArray(options)) continue;
    for (const option of options) if (isSchema(option)) collect(option, members);
  }
}

function unknownField(found: string, known: readonly string[]): ProblemError {
  return new ProblemError({
    status: 400,
    code: 'UNKNOWN_FIELD',
    detail: 'the answer has no such field',
    field: 'query.fields',
    expected: known.length === 0 ? 'no field below this one' : known.join(', '),
    found,
  });
}
