import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalise, MAX_COMMAND_BYTES, MAX_DEPTH, parseCanonical } from './codec.js';
import { VeinledgerError } from '../errors/errors.js';

const json = fc
  .jsonValue({ maxDepth: 5, stringUnit: 'grapheme' })
  .filter((value) => !JSON.stringify(value).includes('__proto__'));

describe('canonical JSON', () => {
  test('is read back as the value it was written from', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalise(value);
        expect(parseCanonical(text, 'body')).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('is the only spelling that is accepted', () => {
    fc.assert(
      fc.property(json, fc.nat(), fc.constantFrom(' ', '\n', '\t', '\r\n'), (value, at, space) => {
        const text = canonicalise(value);
        const position = at % (text.length + 1);
        const spaced = text.slice(0, position) + space + text.slice(position);
        fc.pre(spaced !== canonicalise(value) && isJsonOfSameValue(spaced, text));
        expect(() => parseCanonical(spaced, 'body')).toThrow(/^NOT_CANONICAL/u);
      }),
    );
  });

  test.each([
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['infinity', { a: Number.POSITIVE_INFINITY }],
    ['a lone surrogate', ['\uD800']],
    ['a function', () => 1],
  ])('cannot express %s', (_, value) => {
    expect(() => canonicalise(value)).toThrow(TypeError);
  });
});

describe('a text that is not canonical', () => {
  test.each([
    ['keys out of order', '{"b":1,"a":2}'],
    ['a needless exponent', '{"a":1e2}'],
    ['a trailing zero', '{"a":1.0}'],
    ['minus zero', '{"a":-0}'],
    ['an integer beyond the doubles', '{"a":9007199254740993}'],
    ['a number beyond the doubles', '{"a":1e999}'],
    ['a needless escape', String.raw`{"a":"\u0041"}`],
    ['an escaped lone surrogate', String.raw`{"a":"\ud800"}`],
    ['a lone surrogate', '{"a":"\uD800"}'],
    ['a lone surrogate in a key', '{"\uDC00":1}'],
    ['a member __proto__', '{"__proto__":{"name":"somebody"}}'],
    ['a member __proto__ with no content', '{"__proto__":null}'],
    ['a member __proto__ spelled with an escape', String.raw`{"\u005f_proto__":1}`],
    ['a member __proto__ further in', '[{"a":[{"__proto__":1}]}]'],
  ])('by %s is refused', (_, text) => {
    expect(() => parseCanonical(text, 'body')).toThrow(/^NOT_CANONICAL/u);
  });

  test('is told the first difference in at most 80 characters', () => {
    const filler = 'x'.repeat(300);
    const text = `{"a":"${filler}","b": 1,"c":"${filler}"}`;
    const { details } = failure(() => parseCanonical(text, 'body'));
    expect(details.field).toBe('body');
    expect(details.found).toMatch(/^x+","b": 1,"c":"x+$/u);
    expect(details.expected).toMatch(/^x+","b":1,"c":"x+$/u);
    expect(details.found).toHaveLength(80);
  });

  test.each(['{"role":1,"role":2}', '{"role":1,"role":1}', '[{"a":{"role":[],"role":[]}}]'])(
    'by a duplicate key is told the key: %s',
    (text) => {
      const { code, details } = failure(() => parseCanonical(text, 'body'));
      expect(code).toBe('DUPLICATE_KEY');
      expect(details).toEqual({ field: 'body', expected: 'each key once', found: 'role' });
    },
  );
});

describe('a text that is no JSON', () => {
  test.each(['', '{', 'nul', "{'a':1}", '[1,]', '{"a":1}}', '\uFEFF{}', '"a\nb"'])(
    'is refused: %j',
    (text) => {
      expect(() => parseCanonical(text, 'body')).toThrow(
        /^SCHEMA_VIOLATION: the text is not JSON/u,
      );
    },
  );

  test('is refused by the code that its place asks for', () => {
    expect(failure(() => parseCanonical('{', 'jws', 'MALFORMED_JWS')).code).toBe('MALFORMED_JWS');
  });
});

describe('size and depth', () => {
  test('a text of exactly 128 KiB is read, one byte more is refused', () => {
    const largest = `"${'x'.repeat(MAX_COMMAND_BYTES - 2)}"`;
    expect(parseCanonical(largest, 'body')).toHaveLength(MAX_COMMAND_BYTES - 2);
    expect(() => parseCanonical(`"x${largest.slice(1)}`, 'body')).toThrow(/^COMMAND_TOO_LARGE/u);
  });

  test('bytes count, not characters', () => {
    const text = `"${'é'.repeat(MAX_COMMAND_BYTES / 2)}"`;
    const { code, details } = failure(() => parseCanonical(text, 'body'));
    expect(code).toBe('COMMAND_TOO_LARGE');
    expect(details.found).toBe(`${MAX_COMMAND_BYTES + 2} bytes`);
  });

  test(`${MAX_DEPTH} levels are read, one more is refused`, () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(parseCanonical(nested(MAX_DEPTH), 'body')).toBeInstanceOf(Array);
    const { code, details } = failure(() => parseCanonical(nested(MAX_DEPTH + 1), 'body'));
    expect(code).toBe('TOO_DEEP');
    expect(details.found).toBe('17 levels');
  });

  test('a text of nothing but opening brackets is refused for its depth before it is parsed', () => {
    expect(() => parseCanonical('['.repeat(MAX_COMMAND_BYTES), 'body')).toThrow(/^TOO_DEEP/u);
    expect(() => parseCanonical('{"a":'.repeat(20_000), 'body')).toThrow(/^TOO_DEEP/u);
  });
});

test('any text at all is read or refused by a code, never by another error', () => {
  const pieces = fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', '1', 'e', '-', 'u', ' ');
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: pieces })), (text) => {
      try {
        expect(canonicalise(parseCanonical(text, 'body'))).toBe(text);
      } catch (error) {
        expect(error).toBeInstanceOf(VeinledgerError);
      }
    }),
    { numRuns: 2000 },
  );
});

function isJsonOfSameValue(text: string, canonical: string): boolean {
  try {
    return canonicalise(JSON.parse(text)) === canonical;
  } catch {
    return false;
  }
}

function failure(action: () => unknown): VeinledgerError {
  try {
    action();
  } catch (error) {
    if (error instanceof VeinledgerError) return error;
    throw error;
  }
  throw new Error('expected a VeinledgerError, found none');
}
