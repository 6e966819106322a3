import { expect, test } from '@jest/globals';
import { definition, step } from '../example.fixture.js';
import { changeInWords, changesBetween } from './changes.js';

const before = definition([step('collect'), step('make', { targetDay: 3 }), step('test')]);

test('a version differs from itself in nothing, and from the next in what makes the product only', () => {
  expect(changesBetween(before, before)).toEqual([]);
  expect(changesBetween(before, { ...before, version: '1.1' })).toEqual([]);
});

test('what came, went and changed is told once each, by its members', () => {
  const after = definition(
    [step('collect'), step('freeze'), step('make', { targetDay: 4, lots: true })],
    { bedsideMinutes: 10, items: before.items.slice(1) },
  );
  expect(changesBetween(before, after).map(changeInWords)).toEqual([
    'process example changed: bedsideMinutes',
    'item tumour removed',
    'step freeze added',
    'step make changed: lots, targetDay',
    'step test removed',
  ]);
});

test('a step that only moved down is the same step', () => {
  const moved = definition([step('first'), ...before.steps]);
  expect(changesBetween(before, moved).map(changeInWords)).toEqual(['step first added']);
});
