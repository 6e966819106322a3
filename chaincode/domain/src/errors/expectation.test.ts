import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { COMMANDS } from '../catalogue.js';
import { envelopeSchema } from '../commands/command.js';
import { type ErrorDetails, VeinledgerError } from './errors.js';
import { expectationOf, violationOf } from './expectation.js';
import { coi, gln, itemId, lotId } from '../values/identifiers.js';
import { parseClosed } from './schema.js';

/** What no schema takes everywhere. */
const WRONG: readonly unknown[] = [
  null,
  true,
  -1e9,
  1.5,
  1e12,
  '',
  'Ünïcode und mehr!',
  '0',
  'x'.repeat(20_000),
  [],
  [{}],
  Array.from({ length: 1000 }, (_, index) => index),
  {},
  { remark: 'free text' },
];

/** What complains, or is a schema's own text: nothing of it says what to write instead. */
const COMPLAINT =
  /(?<![\w-])(?:invalid|unrecogni[sz]ed|wrong|not|neither|must|failed|received|too|no such|twice|regex|pattern|undefined|nonoptional|another value)(?![\w-])|[\\^$]|\(\?/i;

/** A schema and everything that it is made of, with the way to it. */
function* partsOf(schema: z.ZodType, way: string): Generator<readonly [string, z.ZodType]> {
  yield [way, schema];
  for (const [name, part] of Object.entries(schema.def)) {
    for (const inner of name === 'checks' ? [] : schemasIn(part)) {
      yield* partsOf(inner, `${way}.${name}`);
    }
  }
}

function schemasIn(part: unknown): readonly z.ZodType[] {
  if (part instanceof z.ZodType) return [part];
  if (Array.isArray(part)) return part.flatMap(schemasIn);
  const isShape = typeof part === 'object' && part !== null;
  return isShape ? Object.values(part).flatMap(schemasIn) : [];
}

function answerTo(schema: z.ZodType, value: unknown, field: string): ErrorDetails | undefined {
  try {
    parseClosed(schema, value, field);
  } catch (error) {
    if (error instanceof VeinledgerError) return error.details;
    throw error;
  }
  return undefined;
}

/** Whether an error tells where it is, what belongs there in words of its own, and what stands there. */
function isTold({ field = '', expected = '', found = '' }: ErrorDetails, way: string): boolean {
  const named = field.startsWith(way) && expected.length > 0 && found.length > 0;
  return named && expected.length <= 500 && !COMPLAINT.test(expected);
}

const schemas: readonly (readonly [string, z.ZodType])[] = [
  ['envelope', envelopeSchema],
  ...COMMANDS.map(({ type, body }) => [type, body] as const),
  ...COMMANDS.flatMap(({ type, annexes }) =>
    annexes.map(({ name, content }) => [`${type} ${name}`, content] as const),
  ),
];

describe('what does not fit', () => {
  test.each(schemas)('%s is told by what was expected, wherever it is', (name, schema) => {
    const tries = [...partsOf(schema, name)].flatMap(([way, part]) =>
      [undefined, ...WRONG].map((wrong) => ({ way, told: answerTo(part, wrong, way) })),
    );
    const refused = tries.flatMap(({ way, told }) => (told === undefined ? [] : [{ way, told }]));
    expect(refused.length).toBeGreaterThan(10);
    expect(refused.filter(({ way, told }) => !isTold(told, way))).toEqual([]);
  });

  test.each([
    [coi, 'G123417654321B', 'A as the last character (ISO/IEC 7064 MOD 37-2)'],
    [itemId, 'G123417654321B', 'A as the last character (ISO/IEC 7064 MOD 37-2)'],
    [gln, '9506000134377', '6 as the last digit (GS1 check digit)'],
    [
      itemId,
      'https://id.gs1.org/01/09506000134353/21/12345',
      '2 as the last digit of the GTIN (GS1 check digit)',
    ],
    [
      lotId,
      'https://id.gs1.org/01/09506000134353/10/12345',
      '2 as the last digit of the GTIN (GS1 check digit)',
    ],
  ])('a wrong check character is told by the right one (%#)', (schema, text, expected) => {
    expect(answerTo(schema, text, 'body')).toEqual({ field: 'body', expected, found: text });
  });

  test.each([
    [itemId, 'the tumour of bed seven', /ISBT 128 .* GS1 Digital Link/],
    [lotId, 'https://id.gs1.org/01/09506000134352/21/LNP-1', /GS1 Digital Link .*\/10\//],
    [coi, 'P-17', /ISBT 128/],
    [coi, 17, /ISBT 128/],
  ])('another form is told by the forms that there are (%#)', (schema, value, expected) => {
    expect(answerTo(schema, value, 'body')?.expected).toMatch(expected);
  });

  test('in one of several alternatives is told of the one that fits best', () => {
    const change = z.union([
      z.strictObject({ kind: z.literal('move'), metres: z.int() }),
      z.strictObject({ kind: z.literal('stay') }),
    ]);
    const value = { kind: 'move', metres: 1.5 };
    const { error } = change.safeParse(value, { error: expectationOf });
    expect(error && violationOf(error, value)).toEqual({
      place: ['metres'],
      expected: 'a whole number',
      found: '1.5',
    });
  });
});
