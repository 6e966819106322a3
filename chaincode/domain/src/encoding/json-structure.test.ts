import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { duplicateKey, nestingDepth } from './json-structure.js';

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

describe('the depth of a text', () => {
  test('is that of the value it stands for, whatever its strings hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: 'binary' }), (value) => {
        expect(nestingDepth(JSON.stringify(value, undefined, 1))).toBe(depthOf(value));
      }),
    );
  });

  test.each([
    ['"[[[["', 0],
    [String.raw`"\"[["`, 0],
    [String.raw`["\\",[]]`, 2],
    ['{"{":[1]}', 2],
    ['[][]', 1],
    ['"[[', 0],
  ])('%s is %d', (text, depth) => {
    expect(nestingDepth(text)).toBe(depth);
  });

  test('is counted without recursion', () => {
    expect(nestingDepth('['.repeat(1_000_000))).toBe(1_000_000);
  });
});

describe('a duplicate key', () => {
  test('is absent from whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        expect(duplicateKey(JSON.stringify(value, undefined, 1))).toBeUndefined();
      }),
    );
  });

  test.each([
    ['with different values', '{"a":1,"a":2}', 'a'],
    ['with equal values', '{"a":1,"a":1}', 'a'],
    ['with equal objects', '{"a":{"b":1},"a":{"b":1}}', 'a'],
    ['with another key between', '{"a":1,"b":2,"a":1}', 'a'],
    ['in an inner object', '[{"x":{"k":[],"k":[]}}]', 'k'],
    ['after an inner array', '{"a":[{}],"b":"a","a":1}', 'a'],
    ['spelled with an escape', String.raw`{"a":1,"\u0061":1}`, 'a'],
    ['with white space before the colon', '{"a" :1,"a"\n:1}', 'a'],
    ['named __proto__', '{"__proto__":1,"__proto__":1}', '__proto__'],
    ['that is empty', '{"":1,"":1}', ''],
  ])('%s is found', (_, text, key) => {
    expect(duplicateKey(text)).toBe(key);
  });

  test.each([
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a","b":"a"}',
    '["a","a"]',
    String.raw`{"a":"\",\"a\":1"}`,
  ])('is not seen in %s', (text) => {
    expect(duplicateKey(text)).toBeUndefined();
  });
});
