import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type BlockableEntity,
  classOf,
  DEVIATION_CODES,
  type EntityOf,
  isTangible,
  stateOf,
  type SubjectRef,
} from '@veinledger/domain';
import type { MemorySubmitter } from '../support/memory.js';
import { custody } from './disturbances.js';
import { goOn, type Played, playTwo, toTheSamples } from './played.js';

const RUNS = 100;
const investigated = {
  annexes: { investigation: { explanation: 'the label was read twice', evidence: [] } },
};

describe('whatever deviated', () => {
  let samples: Played;
  beforeAll(async () => {
    samples = await playTwo(toTheSamples);
  });

  const sequences = fc.array(custody, { minLength: 1, maxLength: 8 });
  const decisions = fc.constantFrom('permit-use' as const, 'reject' as const);

  it('a disposition settles one deviation on one of its subjects, and nothing else', async () => {
    const settled = { 'permit-use': 0, reject: 0 };
    await fc.assert(
      fc.asyncProperty(sequences, fc.nat(), decisions, async (sequence, pick, decision) => {
        const { submitter, journeys } = goOn(samples);
        for (const { play } of sequence) await play(...journeys);
        const open = submitter.all('deviation');
        const concerned = open.flatMap((each) => each.subjects.map(({ ref }) => ({ each, ref })));
        const one = concerned[pick % Math.max(1, concerned.length)];
        if (!one) return;
        const { each: deviation, ref: subject } = one;
        const journey = journeys.find(({ coi }) => coi === deviation.scope.id);
        const before = blockersOf(submitter);
        const committed = await journey?.say(
          journey.cast.reviewer,
          'manufacturing:RecordDisposition',
          { deviation: deviation.id, subject, decision },
          investigated,
        );
        if (decision === 'permit-use' && isOfIdentity(deviation, subject)) {
          const code = 'IDENTITY_NOT_BY_DISPOSITION';
          expect(committed?.receipt).toMatchObject({ decision: 'refused', reasons: [{ code }] });
          expect(blockersOf(submitter)).toEqual(before);
          return;
        }
        expect(committed?.receipt).toMatchObject({ decision: 'permitted' });
        settled[decision] += 1;
        expect(blockersOf(submitter)).toEqual(afterwards(before, deviation.id, subject, decision));
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(settled['permit-use'], settled.reject)).toBeGreaterThan(5);
  });

  it('when every deviation permits use that may, nothing but doubts of identity stays', async () => {
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        const { submitter, journeys } = goOn(samples);
        for (const { play } of sequence) await play(...journeys);
        for (const { id, scope, subjects } of submitter.all('deviation')) {
          const journey = journeys.find(({ coi }) => coi === scope.id);
          for (const { ref } of subjects) {
            const body = { deviation: id, subject: ref, decision: 'permit-use' };
            const by = journey?.cast.reviewer;
            if (by) await journey.say(by, 'manufacturing:RecordDisposition', body, investigated);
          }
        }
        const left = [...blockersOf(submitter).values()].flat();
        expect(left.filter(({ code }) => !ofIdentity.has(code))).toEqual([]);
        for (const item of submitter.all('item').filter(isTangible))
          if (item.blockers.length === 0) expect(stateOf(item)).toBe(item.custody);
      }),
      { numRuns: RUNS / 2 },
    );
  });
});

const ofIdentity: ReadonlySet<string> = new Set(
  DEVIATION_CODES.filter((code) => classOf(code) === 'identity'),
);

function isOfIdentity({ code }: EntityOf<'deviation'>, subject: SubjectRef): boolean {
  return ofIdentity.has(code) && subject.kind !== 'therapy';
}

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
  id: string,
  subject: SubjectRef,
  decision: 'permit-use' | 'reject',
): Blockers {
  const concerned = subject.kind === 'item' ? `item ${subject.id}` : `therapy ${subject.coi}`;
  return new Map(
    [...before].map(([place, blockers]) => {
      if (concerned !== place) return [place, blockers];
      const others = blockers.filter((each) => each.id !== id);
      const rejected = blockers.map((each) =>
        each.id === id ? { ...each, kind: 'rejected' as const } : each,
      );
      return [place, decision === 'permit-use' ? others : rejected];
    }),
  );
}
