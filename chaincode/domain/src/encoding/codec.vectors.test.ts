import { describe, expect, test } from '@jest/globals';
import { officialVector } from '../official-vectors.fixture.js';
import { canonicalise, parseCanonical } from './codec.js';

const names = ['arrays', 'french', 'structures', 'unicode', 'values', 'weird'];

describe('RFC 8785 vectors', () => {
  test.each(names)('%s has its canonical form', (name) => {
    const input = officialVector(`rfc8785/input/${name}.json`).toString('utf8');
    const output = officialVector(`rfc8785/output/${name}.json`).toString('utf8');
    const value: unknown = JSON.parse(input);
    expect(canonicalise(value)).toBe(output);
    expect(parseCanonical(output, name)).toEqual(value);
  });

  test.each(names)('%s is refused as it came', (name) => {
    const input = officialVector(`rfc8785/input/${name}.json`).toString('utf8');
    expect(() => parseCanonical(input, name)).toThrow(/^NOT_CANONICAL/u);
  });
});
