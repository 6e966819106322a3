import { describe, expect, test } from '@jest/globals';
import { dataset, din, sample } from '../example.fixture.js';
import { done, honest, own, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { against } from './dose-gate.fixture.js';
import { reasonsOfSecondCollection } from './second-collection.js';

const second = (collected: object) =>
  honest().change('item', THINGS.secondBlood, (thing) => ({
    ...thing,
    collected: { by: 'x', occasion: 'visit-2', confirmedBy: 'y', ...collected },
  }));

describe('the patient’s two collections', () => {
  test('are compared by a step that took something of both', () => {
    const story = honest();
    expect(reasonsOfSecondCollection(story.whole(), story.upstream())).toEqual([]);
  });

  test.each<[string, Story, readonly string[]]>([
    ['of one occasion', second({ occasion: 'visit-1' }), ['COLLECTIONS_NOT_COMPARED']],
    ['by one collector', second({ by: 'hospital.collector' }), ['COLLECTIONS_NOT_COMPARED']],
    [
      'that are parts of one sample',
      honest().report('genotyping/1', { inputs: [own(THINGS.blood)] }),
      ['COLLECTIONS_NOT_COMPARED'],
    ],
    [
      'of which one is a number that somebody typed',
      honest().report('calling/1', {
        inputDatasets: ['tumour-fastq', 'normal-fastq'],
      }),
      ['COLLECTIONS_NOT_COMPARED', 'STEP_NOT_DONE'],
    ],
    [
      'of which one has no sample behind its number',
      honest().report('genotyping/1', { inputs: [] }),
      ['COLLECTIONS_NOT_COMPARED', 'MADE_OF_NOTHING', 'NO_INPUT'],
    ],
    [
      'that do not agree',
      honest().judge('calling/1', { 'second-collection-concordance': 'fail' }),
      ['CHECK_FAILED', 'COLLECTIONS_NOT_COMPARED'],
    ],
    [
      'that were not compared, although the result was asked for',
      honest().judge('calling/1', { 'second-collection-concordance': 'missing' }),
      ['COLLECTIONS_NOT_COMPARED', 'RESULT_MISSING'],
    ],
  ])('are not two %s', (_name, story, codes) => {
    expect(against(story)).toEqual(codes);
  });

  test('are compared in every calling behind the design, and not in one of two', () => {
    const story = honest()
      .with(
        done('calling/2', 'lab.designer', {
          inputDatasets: ['tumour-fastq', 'normal-fastq'],
          datasets: ['more'],
        }),
        dataset({ id: 'more', kind: 'vcf', producedBy: { step: 'calling', attempt: 2 } }),
      )
      .report('ranking/1', { inputDatasets: ['variants', 'hla', 'more'] });
    expect(against(story)).toEqual(['COLLECTIONS_NOT_COMPARED', 'STEP_NOT_DONE']);
  });

  test('may be a third one, where the second is not used', () => {
    const third = sample({
      id: din(50),
      kind: 'blood-edta',
      collected: { by: 'hospital.third-collector', occasion: 'visit-3', confirmedBy: 'y' },
    });
    const story = honest()
      .with(third)
      .with(done('genotyping/2', 'lab.technician', { inputs: [own(third.id)], datasets: ['g-2'] }))
      .with(
        dataset({ id: 'g-2', kind: 'genotype', producedBy: { step: 'genotyping', attempt: 2 } }),
      )
      .report('calling/1', { inputDatasets: ['tumour-fastq', 'normal-fastq', 'g-2'] });
    expect(against(story)).toEqual([]);
  });

  test('are not asked for where the process does not compare them', () => {
    const story = second({ occasion: 'visit-1' }).by((definition) => ({
      ...definition,
      steps: definition.steps.map((step) => ({
        ...step,
        checks: step.checks.filter(({ code }) => code !== 'second-collection-concordance'),
      })),
    }));
    expect(against(story)).toEqual([]);
  });
});
