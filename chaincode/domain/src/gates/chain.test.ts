import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  DEVIATION,
  HOLD,
  honest,
  own,
  secondBatch,
  Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import { distinct, reasonsOfChain } from './chain.js';
import { reasonsAgainst } from './dose-gate.fixture.js';

describe('the chain behind a dose', () => {
  test('is whole in an honest therapy, from the samples to the patient’s arm', () => {
    expect(reasonsAgainst(honest())).toEqual([]);
  });

  test('is told with every reason against it, each once', () => {
    const story = honest()
      .change('item', THINGS.tumour, HOLD)
      .change('dataset', 'hla', DEVIATION)
      .without('design', 'design-1');
    const reasons = reasonsOfChain(story.whole(), story.upstream());
    expect(distinct(reasons)).toEqual(reasons);
    expect(new Set(reasons.map(({ code }) => code)).size).toBeGreaterThan(1);
  });
});

describe('in whatever order a ledger lists a therapy', () => {
  const faults: readonly ((story: Story) => Story)[] = [
    (story) => story.change('item', THINGS.tumour, HOLD),
    (story) => story.change('dataset', 'hla', DEVIATION),
    (story) => story.judge('calling/1', { concordance: 'fail' }),
    (story) => story.judge('release-tests/1', { sterility: 'fail', potency: 'missing' }),
    (story) => story.with(...secondBatch()),
    (story) => story.change('item', THINGS.dose, { parents: THINGS.vials.map(own) }),
    (story) => story.report('calling/1', { inputDatasets: ['tumour-fastq'] }),
    (story) => story.report('extraction/1', { lots: ['lot-9'] }),
    (story) => story.change('batch', 'batch-1', { vials: [THINGS.vials[1]] }),
    (story) =>
      story.change('item', THINGS.dna, { parents: [own(THINGS.library), own(THINGS.block)] }),
  ];

  test('the reasons against a dose are the same', () => {
    const { length } = honest().with(...secondBatch()).entities;
    let refused = 0;
    fc.assert(
      fc.property(
        fc.subarray([...faults]),
        fc.array(fc.nat(), { minLength: length, maxLength: length }),
        (some, order) => {
          const story = some.reduce((before, fault) => fault(before), honest());
          const shuffled = story.entities
            .map((entity, index) => ({ entity, at: order[index] ?? 0 }))
            .sort((one, other) => one.at - other.at)
            .map(({ entity }) => entity);
          const reasons = asSet(reasonsAgainst(story));
          expect(asSet(reasonsAgainst(new Story(shuffled)))).toEqual(reasons);
          if (reasons.length > 0) refused += 1;
        },
      ),
      { numRuns: 200 },
    );
    expect(refused).toBeGreaterThan(50);
  });
});

function asSet(reasons: ReturnType<typeof reasonsAgainst>): readonly string[] {
  return [...new Set(reasons.map((each) => JSON.stringify(each)))].sort();
}
