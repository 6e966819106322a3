import { describe, expect, test } from '@jest/globals';
import { COUNTRIES, country } from './country.js';

describe('a country', () => {
  test.each(['DE', 'GB', 'US', 'SS', 'TL'])('is %s', (code) => {
    expect(country.safeParse(code).success).toBe(true);
  });

  test.each([
    ['what ISO 3166 reserves for something else', 'UK'],
    ['what it leaves to users', 'ZZ'],
    ['what it leaves to users, however usual', 'XK'],
    ['what is a country no more', 'YU'],
    ['a region', 'EU'],
    ['another case', 'de'],
    ['three letters', 'DEU'],
  ])('is not %s: %s', (_name, code) => {
    expect(country.safeParse(code).success).toBe(false);
  });

  test('is each one that ISO 3166-1 assigns', () => {
    expect(COUNTRIES).toHaveLength(249);
    expect(new Set(COUNTRIES).size).toBe(249);
  });
});
