import { describe, expect, test } from '@jest/globals';
import { mutatedText } from './domain-files.js';
import { MUTANTS } from './index.js';

describe('the mutants', () => {
  test('are told apart by their names', () => {
    expect(new Set(MUTANTS.map(({ id }) => id)).size).toBe(MUTANTS.length);
  });

  test.each(MUTANTS)('$id: what it changes stands once in its file', (mutant) => {
    expect(mutatedText(mutant)).not.toBe('');
  });
});
