import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BlockableEntity, type EntityOf, isTangible, stateOf } from '@veinledger/domain';
import type { MemorySubmitter } from '../support/memory.js';
import { custody } from './disturbances.js';
import { goOn, type Played, playTwo, toTheSamples } from './played.js';

const RUNS = 60;

describe('whatever deviated', () => {
  let samples: Played;
  beforeAll(async () => {
    samples = await playTwo(toTheSamples);
  });

  const sequences = fc.array(custody, { minLength: 1, maxLength: 8 });
  const decisions = fc.constantFrom('permit-use' as const, 'reject' as const);

  it('a disposition settles that deviation on all of its subjects, and no other', async () => {
    const settled = { 'permit-use': 0, reject: 0 };
    await fc.assert(
      fc.asyncProperty(sequences, fc.nat(), decisions, async (sequence, pick, decision) => {
        const { submitter, journeys } = goOn(samples);
        for (const { play } of sequence) await play(...journeys);
        const open = submitter.all('deviation');
        const deviation = open[pick % Math.max(1, open.length)];
        if (!deviation) return;
        const journey = journeys.find(({ coi }) => coi === deviation.scope.id);
        const before = blockersOf(submitter);
        const committed = await journey?.say(
          journey.cast.reviewer,
          'manufacturing:RecordDisposition',
          { deviation: deviation.id, decision },
        );
        expect(committed?.receipt).toMatchObject({ decision: 'permitted' });
        settled[decision] += 1;
        expect(blockersOf(submitter)).toEqual(afterwards(before, deviation, decision));
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(settled['permit-use'], settled.reject)).toBeGreaterThan(5);
  });

  it('when every deviation permits use, nothing stays in quarantine', async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        const { submitter, journeys } = goOn(samples);
        for (const { play } of sequence) await play(...journeys);
        for (const { id, scope } of submitter.all('deviation')) {
          const journey = journeys.find(({ coi }) => coi === scope.id);
          const body = { deviation: id, decision: 'permit-use' };
          await journey?.say(journey.cast.reviewer, 'manufacturing:RecordDisposition', body);
        }
        for (const item of submitter.all('item').filter(isTangible))
          expect(stateOf(item)).toBe(item.custody);
        expect([...blockersOf(submitter).values()].flat()).toEqual([]);
      }),
      { numRuns: RUNS / 2 },
    );
  });
});

type Blockers = ReadonlyMap<string, BlockableEntity['blockers']>;

/** The blockers of everything that can be stopped, by chain of identity, noun and id. */
function blockersOf(submitter: MemorySubmitter): Blockers {
  const things = [...submitter.all('item'), ...submitter.all('therapy')];
  return new Map(things.map((thing) => [placeOf(thing), thing.blockers]));
}

function placeOf(thing: EntityOf<'item'> | EntityOf<'therapy'>): string {
  return `${thing.noun} ${thing.noun === 'item' ? thing.id : thing.coi}`;
}

function afterwards(
  before: Blockers,
  { id, subjects }: EntityOf<'deviation'>,
  decision: 'permit-use' | 'reject',
): Blockers {
  const concerned = new Set(
    subjects.map((subject) =>
      subject.kind === 'item' ? `item ${subject.id}` : `therapy ${subject.coi}`,
    ),
  );
  return new Map(
    [...before].map(([place, blockers]) => {
      if (!concerned.has(place)) return [place, blockers];
      const others = blockers.filter((each) => each.id !== id);
      const rejected = blockers.map((each) =>
        each.id === id ? { ...each, kind: 'rejected' as const } : each,
      );
      return [place, decision === 'permit-use' ? others : rejected];
    }),
  );
}
