import { describe, expect, test } from '@jest/globals';
import serialise from 'canonicalize';
import fc from 'fast-check';
import { canonicalForm } from './canonical-form.js';

/** Keys that objects order by themselves, that are special, and that sort otherwise by code points. */
const key = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.constantFrom('1', '10', '9', 'constructor', 'toJSON', '\uFB33', '\u{1F600}', ''),
);

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, -0, 1e21, 1e-7, 5e-324, 'é', '\u2028', '"\\/\b\u007f'),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value')),
    fc.dictionary(key, tie('value')),
  ),
})).value;

const bare: unknown = Object.assign(Object.create(null), { a: 1 });
const withPrototype: unknown = JSON.parse('{"__proto__":1}');

describe('the canonical form', () => {
  test('is what the reference implementation writes, or fails where it fails', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(written(() => canonicalForm(value))).toEqual(written(() => serialise(value)));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['keys that look like numbers', { 9: 1, 10: 2, a: 3 }],
    ['a member that is called toJSON', { toJSON: 1 }],
    ['two places of one object', [[1], [1]].map((each, _, all) => ({ each, all: all.length }))],
    ['an object without a prototype', bare],
  ])('of %s is that of the reference implementation', (_, value) => {
    expect(canonicalForm(value)).toBe(serialise(value));
  });

  test('leaves the value as it is', () => {
    const value = { b: [{ d: 1, c: 2 }], a: 1 };
    expect(canonicalForm(value)).toBe('{"a":1,"b":[{"c":2,"d":1}]}');
    expect(Object.keys(value)).toEqual(['b', 'a']);
  });

  test('says what was read, once, where a member answers differently each time', () => {
    let asked = 0;
    const value = {
      get a() {
        asked += 1;
        return asked === 1 ? 'first' : undefined;
      },
    };
    expect(canonicalForm(value)).toBe('{"a":"first"}');
  });
});

const cycle: { inner: unknown[] } = { inner: [] };
cycle.inner.push(cycle);

describe('what JSON cannot express', () => {
  const anywhere: readonly (readonly [string, unknown])[] = [
    ['undefined', undefined],
    ['function', () => 1],
    ['symbol', Symbol('a')],
    ['bigint', 1n],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['a lone surrogate', 'a\uD800'],
    ['an object of a class', new Date(0)],
    ['an object of a class', new Map([['a', 1]])],
    ['an object of a class', new Uint8Array(1)],
    ['an object of a class', Object(1)],
    ['an object of a class', /a/],
    ['an object of a class', Object.create({ inherited: 1 })],
  ];

  test.each(anywhere)('is refused wherever it stands: %s', (what, value) => {
    expect(() => canonicalForm(value)).toThrow(new TypeError(what));
    expect(() => canonicalForm({ value })).toThrow(new TypeError(`${what} at value`));
    expect(() => canonicalForm([1, { a: [value] }])).toThrow(new TypeError(`${what} at [1].a[0]`));
  });

  test.each([
    ['function at toJSON', { toJSON: () => 1 }],
    ['a hole at a[1]', { a: Object.assign([1], { length: 2 }) }],
    ['a member that JSON leaves out at a', { a: Object.assign([1], { index: 0 }) }],
    ['a member that JSON leaves out', { [Symbol('a')]: 1 }],
    ['a member that JSON leaves out', Object.defineProperty({}, 'hidden', { value: 1 })],
    ['a lone surrogate at \uDC00', { '\uDC00': 1 }],
    ['a member of this name at a.__proto__', { a: withPrototype }],
    ['an object of a class at a', { a: { __proto__: { inherited: 1 } } }],
    ['a cycle at inner[0]', cycle],
  ])('is refused by its name and its place: %s', (message, value) => {
    expect(() => canonicalForm(value)).toThrow(new TypeError(message));
  });
});

function written(write: () => string | undefined): string | undefined {
  try {
    return write();
  } catch {
    return 'failed';
  }
}
