import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync } from 'node:fs';
import { DOMAIN, mutatedText } from './domain-files.js';
import { MUTANTS } from './index.js';
import { RULE_FILES, testsOf } from './rule-files.js';

describe('the mutants', () => {
  test('are told apart by their names', () => {
    expect(new Set(MUTANTS.map(({ id }) => id)).size).toBe(MUTANTS.length);
  });

  test.each(MUTANTS)('$id: what it changes stands once in its file', (mutant) => {
    expect(mutatedText(mutant)).not.toBe('');
  });

  test.each(MUTANTS)('$id: some of the domain’s tests are asked about it', (mutant) => {
    expect(testsOf(mutant)).not.toEqual([]);
  });
});

describe('the files of rules that Stryker breaks', () => {
  test('are all of the gates, the graph and standing', () => {
    const files = ['gates', 'graph', 'standing'].flatMap((folder) =>
      readdirSync(new URL(folder, DOMAIN))
        .filter((name) => name.endsWith('.js') && !/\.(?:test|fixture)\./u.test(name))
        .map((name) => `${folder}/${name}`),
    );
    expect(Object.keys(RULE_FILES)).toEqual(files.toSorted());
  });

  test.each([...new Set([...Object.values(RULE_FILES), ...MUTANTS.map(testsOf)].flat())])(
    '%s is there to ask them',
    (suite) => {
      expect(existsSync(new URL(suite, DOMAIN))).toBe(true);
    },
  );
});
