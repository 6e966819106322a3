import { describe, expect, test } from '@jest/globals';
import serialise from 'canonicalize';
import fc from 'fast-check';
import { canonicalForm } from './canonical-form.js';

/** Keys that objects order by themselves, that are special, and that sort otherwise by code points. */
const key = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.constantFrom('1', '10', '9', '__proto__', 'constructor', 'toJSON', '\uFB33', '\u{1F600}', ''),
);

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, -0, 1e21, 1e-7, 5e-324, 'é', '\u2028', '"\\/\b\u007f'),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value')),
    fc.dictionary(key, fc.oneof(tie('value'), fc.constant(undefined))),
  ),
})).value;

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
    ['dates', { at: new Date(0) }],
    ['array members without a JSON form', [undefined, 1]],
    ['two places of one object', [[1], [1]].map((each, _, all) => ({ each, all: all.length }))],
  ])('of %s is that of the reference implementation', (_, value) => {
    expect(canonicalForm(value)).toBe(serialise(value));
  });

  test('leaves the value as it is', () => {
    const value = { b: [{ d: 1, c: 2 }], a: 1 };
    expect(canonicalForm(value)).toBe('{"a":1,"b":[{"c":2,"d":1}]}');
    expect(Object.keys(value)).toEqual(['b', 'a']);
  });
});

function written(write: () => string | undefined): string | undefined {
  try {
    return write();
  } catch {
    return 'failed';
  }
}
