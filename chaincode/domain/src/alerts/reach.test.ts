import { expect, test } from '@jest/globals';
import { signed } from '../example.fixture.js';
import { honest, LOT, secondBatch } from '../graph/honest-therapy.fixture.js';
import {
  afterTheDose,
  commandOf,
  givenDose,
  lotRecalled,
  RECALL,
  recalled,
  signedLater,
  statedAlert,
} from './given.fixture.js';
import { reachIn } from './reach.js';

const lot = (id: string) => ({ kind: 'lot', id }) as const;
const OTHER = 'https://id.gs1.org/01/09506000134352/10/LNP-2';
/** The second batch was filled with another lot than everything else. */
const story = afterTheDose()
  .with(...secondBatch())
  .report('fill-finish/2', { lots: [OTHER] });

test('a lot reaches every batch and every dose given that it went into, however many steps away', () => {
  const reach = { batches: ['batch-1', 'batch-2'], dosesGiven: ['dose-1'], unstated: [] };
  expect(reachIn(story.whole(), lot(LOT))).toEqual(reach);
  expect(reachIn(story.whole(), lot(OTHER))).toEqual({
    batches: ['batch-2'],
    dosesGiven: [],
    unstated: [],
  });
  const again = { ...signed('manufacturer.filler'), verdicts: [], lots: [OTHER] };
  const twice = story.change('step', 'fill-finish/1', { repeated: [again] });
  expect(reachIn(twice.whole(), lot(OTHER))).toEqual(reach);
});

test('a lot reaches no dose of which nothing was given', () => {
  const [given] = givenDose().administrations;
  if (!given) throw new Error('nothing given');
  for (const rest of [{ course: 'not-started' as const }, { annulled: signed('a') }]) {
    const not = afterTheDose({ administrations: [{ ...given, ...rest }] });
    expect(reachIn(not.whole(), lot(LOT))).toEqual({
      batches: ['batch-1'],
      dosesGiven: [],
      unstated: [],
    });
  }
});

test('a recall that nobody stated yet is owed where a dose that the lot is in was given', () => {
  const owed = lotRecalled();
  const { command } = RECALL;
  expect(reachIn(owed.whole(), lot(LOT)).unstated).toEqual([command]);
  const cause = { kind: 'lot-recalled' as const, lot: LOT, command };
  const stated = owed.with(statedAlert({ cause }));
  expect(reachIn(stated.whole(), lot(LOT)).unstated).toEqual([]);
  expect(reachIn(lotRecalled(honest()).whole(), lot(LOT)).unstated).toEqual([]);
  expect(reachIn(recalled().whole(), lot(LOT)).unstated).toEqual([]);
});

test('a run reaches what was made of what was done in it, and what its owner found is owed likewise', () => {
  const run = { kind: 'run', id: 'run-1' } as const;
  const reached = { batches: ['batch-1'], dosesGiven: ['dose-1'], unstated: [] };
  expect(reachIn(afterTheDose().whole(), run)).toEqual(reached);
  const finding = {
    ...signedLater('lab.head', 60, commandOf('H')),
    reason: 'index-hopping' as const,
  };
  const found = afterTheDose().change('run', 'run-1', { failures: [finding] });
  expect(reachIn(found.whole(), run).unstated).toEqual([commandOf('H')]);
  const early = { ...finding, counted: signedLater('lab.head', 90, commandOf('I')) };
  const counted = afterTheDose().change('run', 'run-1', { failures: [early] });
  expect(reachIn(counted.whole(), run).unstated).toEqual([commandOf('I')]);
  expect(reachIn(found.whole(), { kind: 'run', id: 'run-2' })).toEqual({
    ...{ batches: [], dosesGiven: [], unstated: [] },
  });
});
