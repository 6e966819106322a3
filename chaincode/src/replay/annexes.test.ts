import { expect, test } from '@jest/globals';
import { annexesFrom } from './annexes.js';

const receipt = JSON.stringify({ verdicts: [{ check: 'rin', verdict: 'pass' }] });
const vault = { get: (digest: string) => Promise.resolve(digest === 'd1' ? 'text' : undefined) };

test('annexes that the vault has all of are opened', async () => {
  expect(await annexesFrom(vault, { results: 'd1' }, receipt)).toEqual({
    annexes: { from: 'annex', texts: new Map([['results', 'text']]) },
    damaged: [],
  });
  expect(await annexesFrom(undefined, {}, receipt)).toEqual({
    annexes: { from: 'annex', texts: new Map() },
    damaged: [],
  });
});

test('where one is missing, the endorsers’ verdicts on results stand in', async () => {
  const verdicts = [{ check: 'rin', verdict: 'pass' }];
  const endorsed = { annexes: { from: 'endorsement', verdicts }, damaged: [] };
  const committed = { results: 'd1', 'dataset.variants': 'd2' };
  expect(await annexesFrom(vault, committed, receipt)).toEqual(endorsed);
  expect(await annexesFrom(undefined, { results: 'd1' }, receipt)).toEqual(endorsed);
});

test('a command without results gets no verdict from its receipt', async () => {
  const none = { annexes: { from: 'endorsement', verdicts: [] }, damaged: [] };
  expect(await annexesFrom(undefined, { outcome: 'd1' }, receipt)).toEqual(none);
  expect(await annexesFrom(undefined, { results: 'd1' }, 'no receipt')).toEqual(none);
});

test('one that the vault holds damaged is named, and the endorsers’ verdicts stand in', async () => {
  const broken = { get: () => Promise.reject(new Error('found another text')) };
  expect(await annexesFrom(broken, { results: 'd1' }, receipt)).toEqual({
    annexes: { from: 'endorsement', verdicts: [{ check: 'rin', verdict: 'pass' }] },
    damaged: [{ kind: 'annex', subject: 'results', expected: 'd1', found: 'found another text' }],
  });
});
