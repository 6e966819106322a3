import { describe, expect, test } from '@jest/globals';
import { DATA_CLASSES, PURPOSES, ROLES } from '@veinledger/domain';
import { en } from './en.js';
import { catalogueOf, LANGUAGES, plain } from './words.js';

describe.each(LANGUAGES)('the catalogue in %s', (language) => {
  const words = catalogueOf(language);

  test('has words for every purpose, class of data, role and error', () => {
    expect(Object.keys(words.purposes).sort()).toEqual([...PURPOSES].sort());
    expect(Object.keys(words.classes).sort()).toEqual([...DATA_CLASSES].sort());
    expect(Object.keys(words.errors)).toEqual(Object.keys(en.errors));
    expect(Object.keys(words.roles)).toEqual(Object.keys(en.roles));
    expect(ROLES).toEqual(
      expect.arrayContaining(Object.keys(words.roles).filter((each) => each !== 'other')),
    );
  });

  test('leaves no brace of a reading behind', () => {
    for (const { name, question, no, goesOn, stops } of Object.values(words.purposes)) {
      expect(plain([name, question, no, goesOn, ...stops].join(' '))).not.toMatch(/[{}|]/);
    }
  });

  test('says of every purpose what goes on when it is stopped', () => {
    for (const { goesOn, stops } of Object.values(words.purposes)) {
      expect(goesOn).not.toBe('');
      expect(stops.length).toBeGreaterThan(1);
    }
  });
});

test('a translation that no member approved says so', () => {
  expect(catalogueOf('en').draft).toBe('');
  expect(catalogueOf('ja').draft).not.toBe('');
});
