import { expect, test } from '@jest/globals';
import { signed } from '../example.fixture.js';
import { LOT, secondBatch } from '../graph/honest-therapy.fixture.js';
import { afterTheDose, givenDose } from './given.fixture.js';
import { lotReachIn } from './lot-reach.js';

const OTHER = 'https://id.gs1.org/01/09506000134352/10/LNP-2';
/** The second batch was filled with another lot than everything else. */
const story = afterTheDose()
  .with(...secondBatch())
  .report('fill-finish/2', { lots: [OTHER] });

test('a lot reaches every batch and every dose given that it went into, however many steps away', () => {
  const reach = { batches: ['batch-1', 'batch-2'], dosesGiven: ['dose-1'] };
  expect(lotReachIn(story.whole(), LOT)).toEqual(reach);
  expect(lotReachIn(story.whole(), OTHER)).toEqual({ batches: ['batch-2'], dosesGiven: [] });
});

test('a lot reaches no dose of which nothing was given', () => {
  const [given] = givenDose().administrations;
  if (!given) throw new Error('nothing given');
  for (const rest of [{ course: 'not-started' as const }, { annulled: signed('a') }]) {
    const not = afterTheDose({ administrations: [{ ...given, ...rest }] });
    expect(lotReachIn(not.whole(), LOT)).toEqual({ batches: ['batch-1'], dosesGiven: [] });
  }
});
