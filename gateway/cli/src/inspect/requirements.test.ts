import { expect, test } from '@jest/globals';
import { readRequirements, requirementsIn } from './requirements.js';

test('a row of the safety case names its sentence, what of it is not met, its rules and its tests', () => {
  const page = [
    '| id  | sentence | rule | tests |',
    '| --- | -------- | ---- | ----- |',
    '| G1  | Somebody can `leadOn` (_Rotas are not yet required_). | `next/waits.ts`, `next/ways.ts` | `a.test.ts` |',
  ].join('\n');
  expect(requirementsIn(page)).toEqual([
    {
      id: 'G1',
      sentence: 'Somebody can leadOn.',
      notMet: 'Rotas are not yet required',
      rules: ['next/waits.ts', 'next/ways.ts'],
      tests: ['a.test.ts'],
    },
  ]);
});

test('the safety case that ships has rows from A1 to H3, each with a test or a word on what is not met', async () => {
  const found = await readRequirements();
  const ids = found.map(({ id }) => id);
  expect([ids[0], ids.at(-1)]).toEqual(['A1', 'H3']);
  const silent = found.filter(({ tests, notMet }) => tests.length === 0 && notMet === '');
  expect(silent).toEqual([]);
});
