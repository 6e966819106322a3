import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { COMMAND_TYPES } from './catalogue.js';

/** Every sub-schema of a JSON schema with its path. */
function* within(
  schema: unknown,
  path: string,
): Generator<readonly [string, Record<string, unknown>]> {
  if (Array.isArray(schema)) {
    for (const [index, each] of schema.entries()) yield* within(each, `${path}/${index}`);
  } else if (typeof schema === 'object' && schema !== null) {
    const members = schema as Record<string, unknown>;
    yield [path, members];
    for (const [name, each] of Object.entries(members)) yield* within(each, `${path}/${name}`);
  }
}

/** Where an annex may say something in words: never on the ledger. */
const WORDS = ['manufacturing:ReportDeviation', 'manufacturing:RecordDisposition'];

describe.each(COMMAND_TYPES.map((type) => [type.type, type.body] as const))('%s', (_type, body) => {
  const schemas = [...within(z.toJSONSchema(body as z.ZodType), '')];

  it('takes no free text: each string has a pattern, a list of values or one value', () => {
    const free = schemas
      .filter(([, schema]) => schema['type'] === 'string')
      .filter(([, schema]) => !('pattern' in schema || 'enum' in schema || 'const' in schema))
      .map(([path]) => path);
    expect(free.filter((path) => !path.includes('propertyNames'))).toEqual([]);
  });

  it('is closed: no object takes a field that it does not name', () => {
    const open = schemas
      .filter(([, schema]) => schema['type'] === 'object' && 'properties' in schema)
      .filter(([, schema]) => schema['additionalProperties'] !== false)
      .map(([path]) => path);
    expect(open).toEqual([]);
  });

  it('bounds each list', () => {
    const unbounded = schemas
      .filter(([, schema]) => schema['type'] === 'array' && !('maxItems' in schema))
      .map(([path]) => path);
    expect(unbounded).toEqual([]);
  });
});

it('words stand in annexes only', () => {
  const types = COMMAND_TYPES.filter(({ annexes }) =>
    annexes.some(({ name }) => name === 'investigation'),
  );
  expect(types.map(({ type }) => type)).toEqual(WORDS);
});
