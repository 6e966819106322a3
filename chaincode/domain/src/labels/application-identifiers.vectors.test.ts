import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { sharedData } from '../official-vectors.fixture.js';
import { expectedOf, identifierAt } from './application-identifiers.js';

describe('the application identifiers', () => {
  const dictionary = readFileSync(sharedData('gs1/gs1-syntax-dictionary.txt'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, named, flags = '', rest] =
        /^([0-9-]+) +([*?]+)? *([^#]*)/.exec(line.startsWith('#') ? '' : line) ?? [];
      if (named === undefined || rest === undefined) return [];
      const components = [...rest.matchAll(/(?:^| )\[?([NXYZ])(\.\.)?([0-9]+)\]?/g)];
      const [first = '', last = first] = named.split('-');
      const count = Number(last) - Number(first) + 1;
      const identifiers = Array.from({ length: count }, (_, at) =>
        String(Number(first) + at).padStart(first.length, '0'),
      );
      const longest = components.reduce((sum, [, , , length]) => sum + Number(length), 0);
      return identifiers.map((identifier) => ({
        identifier,
        predefined: flags.includes('*'),
        longest,
        checked: rest.includes('csum') && !rest.includes('csumalpha'),
      }));
    });

  test('are those of the GS1 Syntax Dictionary, with its lengths, checks and separators', () => {
    expect(dictionary.length).toBeGreaterThan(500);
    for (const { identifier, predefined, longest, checked } of dictionary) {
      const found = identifierAt(identifier);
      expect({ ...found, format: undefined }).toEqual({ identifier, format: undefined });
      expect([identifier, found?.format.predefined, found?.format.longest]).toEqual([
        identifier,
        predefined,
        longest,
      ]);
      expect([identifier, found?.format.checked !== undefined]).toEqual([identifier, checked]);
    }
  });

  test('are no others', () => {
    const known = new Set(dictionary.map(({ identifier }) => identifier));
    for (const length of [2, 3, 4]) {
      for (let number = 0; number < 10 ** length; number += 1) {
        const identifier = String(number).padStart(length, '0');
        const found = identifierAt(identifier)?.identifier;
        if (found === identifier) expect(known).toContain(identifier);
      }
    }
  });

  test.each([
    ['8003', '09506000134352', undefined],
    ['8003', '09506000134353', 'a right check digit'],
    ['253', '9506000134376ABC', undefined],
    ['11', '270200', undefined],
    ['4326', '270200', 'a date YYMMDD'],
    ['37', '123456789', 'a value of the format N..8'],
  ])('take values as the dictionary says: (%s)%s', (identifier, value, expected) => {
    const known = identifierAt(identifier);
    expect(known && expectedOf(known.format, value)).toBe(expected);
  });
});
