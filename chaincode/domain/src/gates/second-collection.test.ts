import { describe, expect, test } from '@jest/globals';
import { dataset, din, NOW, sample, signed } from '../example.fixture.js';
import { done, honest, lacking, own, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import type { Item } from '../nouns/item.js';
import type { StepReport } from '../nouns/step.js';
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

  test('are each apart from each, where several samples stand behind a number', () => {
    const beside = (occasion: string) =>
      honest()
        .with(
          sample({
            ...{ id: din(50), kind: 'blood-edta' },
            collected: { by: 'hospital.third-collector', occasion, confirmedBy: 'y' },
          }),
        )
        .report('genotyping/1', { inputs: [THINGS.secondBlood, din(50)].map(own) });
    expect(against(beside('visit-3'))).toEqual([]);
    expect(against(beside('visit-1'))).toEqual(['COLLECTIONS_NOT_COMPARED']);
    const together = honest().change('item', THINGS.tumour, {
      collected: { by: 'hospital.surgeon', occasion: 'visit-2', confirmedBy: 'y' },
    });
    expect(against(together)).toEqual(['COLLECTIONS_NOT_COMPARED']);
  });

  test('are taken by two people, and not by two actors who are one person', () => {
    const person = 'P'.repeat(42) + 'A';
    const taken = (id: string, by: string, who: string) => (story: Story) =>
      story.change('item', id, { signatures: [{ ...signed(by), person: who }] });
    const first = taken(THINGS.blood, 'hospital.collector', person)(honest());
    const second = (who: string) =>
      against(taken(THINGS.secondBlood, 'hospital.second-collector', who)(first));
    expect(second('Q'.repeat(42) + 'A')).toEqual([]);
    expect(second(person)).toEqual(['COLLECTIONS_NOT_COMPARED']);
  });

  test('are taken by whoever signed so, and not by who signed first', () => {
    const [p, q] = ['P'.repeat(42) + 'A', 'Q'.repeat(42) + 'A'] as const;
    const story = honest()
      .change('item', THINGS.blood, {
        signatures: [
          { ...signed('hospital.clinician'), person: p },
          { ...signed('hospital.collector'), person: q },
        ],
      })
      .change('item', THINGS.secondBlood, {
        signatures: [{ ...signed('hospital.second-collector'), person: q }],
      });
    expect(against(story)).toEqual(['COLLECTIONS_NOT_COMPARED']);
  });

  test('may be compared as they are, without data between', () => {
    const story = honest().report('calling/1', {
      inputs: [THINGS.tumour, THINGS.secondBlood].map(own),
      inputDatasets: [],
    });
    expect(reasonsOfSecondCollection(story.whole(), story.upstream())).toEqual([]);
  });

  test('are compared by each step and each check that the process compares them by', () => {
    const also = (id: string, code: string) =>
      honest().by((definition) => ({
        ...definition,
        steps: definition.steps.map((step) => ({
          ...step,
          checks: step.checks.flatMap((check) =>
            step.id === id && check.kind === 'range'
              ? [check, { ...check, code, comparesCollections: true }]
              : [check],
          ),
        })),
      }));
    const reasons = (story: Story) => reasonsOfSecondCollection(story.whole(), story.upstream());
    const missing = (steps: string) => ({
      ...{ code: 'COLLECTIONS_NOT_COMPARED', subject: 'design design-1' },
      expected: `${steps} on two collections, of two occasions and by two collectors`,
    });
    expect(reasons(also('calling', 'again'))).toEqual([missing('calling')]);
    expect(reasons(also('ranking', 'again'))).toEqual([missing('calling,ranking')]);
  });

  test('are compared behind the design, and not for nothing', () => {
    const story = honest()
      .report('ranking/1', { inputDatasets: ['genotype'] })
      .change('design', 'design-1', { datasets: ['neoantigens'] });
    expect(against(story)).toContain('COLLECTIONS_NOT_COMPARED');
    const begun = honest().change('step', 'calling/1', (thing) => lacking(thing, 'report'));
    expect(against(begun)).toContain('COLLECTIONS_NOT_COMPARED');
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

describe('an earlier record', () => {
  const RECORD = { source: '4012345000016', issued: '2024-03-01T09:00:00.000Z' };
  /** The honest therapy with the hospital's HLA type in place of a second sample; who collected signed so. */
  const recorded = (record: Partial<StepReport> = {}, taken: Partial<Item> = {}) =>
    [THINGS.tumour, THINGS.blood]
      .reduce(
        (story, id) =>
          story.change('item', id, { signatures: [signed('hospital.collector')], ...taken }),
        honest(),
      )
      .without('item', THINGS.secondBlood)
      .report('genotyping/1', { inputs: [], earlierRecord: RECORD, ...record });
  const NOT_COMPARED = ['COLLECTIONS_NOT_COMPARED'];

  test('stands for the second collection where the process says so', () => {
    expect(against(recorded())).toEqual([]);
    const refusing = recorded().by((definition) => ({
      ...definition,
      steps: definition.steps.map((step) => ({ ...step, earlierRecord: false })),
    }));
    expect(against(refusing)).toEqual([...NOT_COMPARED, 'MADE_OF_NOTHING', 'NO_INPUT']);
  });

  test('stands for one of the two collections, and not for both', () => {
    const both = recorded()
      .with(
        done('genotyping/2', 'lab.technician', {
          inputs: [],
          earlierRecord: RECORD,
          datasets: ['g-2'],
        }),
        dataset({ id: 'g-2', kind: 'genotype', producedBy: { step: 'genotyping', attempt: 2 } }),
      )
      .report('calling/1', { inputDatasets: ['genotype', 'g-2'] });
    expect(against(both)).toContain('COLLECTIONS_NOT_COMPARED');
  });

  /** Data that a step beside the honest ones made of these. */
  const beside = (id: string, inputs: readonly string[], inputDatasets: readonly string[]) => [
    done(`sequencing/${id}`, 'lab.technician', {
      ...{ inputs: inputs.map(own), inputDatasets: [...inputDatasets], datasets: [id] },
    }),
    dataset({ id, producedBy: { step: 'sequencing', attempt: Number(id) } }),
  ];
  const comparing = (story: Story, ...inputDatasets: readonly string[]) => {
    const told = story.report('calling/1', { inputs: [], inputDatasets: [...inputDatasets] });
    return reasonsOfSecondCollection(told.whole(), told.upstream()).map(({ code }) => code);
  };

  test('is of nothing but the record: what a sample or a record is mixed with stands for neither', () => {
    const withBlood = recorded().with(...beside('2', [THINGS.blood], ['genotype']));
    expect(comparing(recorded(), 'tumour-fastq', 'genotype')).toEqual([]);
    expect(comparing(withBlood, '2', 'genotype')).toEqual(NOT_COMPARED);
    expect(comparing(withBlood, 'tumour-fastq', '2')).toEqual(NOT_COMPARED);
  });

  test('stands beside samples, and not beside what comes from none', () => {
    const typed = recorded().with(...beside('2', [], []));
    expect(comparing(typed, '2', 'genotype')).toEqual(NOT_COMPARED);
  });

  test('is each one of several, and is apart from every sample', () => {
    const late = { ...RECORD, issued: NOW };
    const two = recorded().with(
      done('genotyping/2', 'lab.technician', {
        ...{ inputs: [], earlierRecord: late, datasets: ['g-2'] },
      }),
      dataset({ id: 'g-2', kind: 'genotype', producedBy: { step: 'genotyping', attempt: 2 } }),
      ...beside('2', [], ['genotype', 'g-2']),
    );
    expect(comparing(two, 'tumour-fastq', '2')).toEqual(NOT_COMPARED);
    expect(against(recorded().change('item', THINGS.blood, { signatures: [] }))).toEqual(
      NOT_COMPARED,
    );
  });

  test('may be reported by whoever only passed the sample on, and by nobody who stood by', () => {
    const person = 'P'.repeat(42) + 'A';
    const also = (by: string) => ({
      signatures: [signed('hospital.collector'), { ...signed(by), person }],
    });
    expect(against(recorded({ person }, also('courier.driver')))).toEqual([]);
    expect(against(recorded({ person }, also('hospital.clinician')))).toEqual(NOT_COMPARED);
  });

  test('is no record without its source, nor beside a sample', () => {
    const { report } = recorded().find('step', 'genotyping/1');
    if (!report) throw new Error('no report');
    const unsourced = lacking(report, 'earlierRecord');
    expect(against(recorded().change('step', 'genotyping/1', { report: unsourced }))).toEqual([
      ...NOT_COMPARED,
      'MADE_OF_NOTHING',
      'NO_INPUT',
    ]);
    const beside = recorded({ inputs: [own(THINGS.blood)] });
    expect(against(beside)).toEqual(NOT_COMPARED);
  });

  test('is none of a step that was begun and not reported', () => {
    const begun = recorded().change('step', 'genotyping/1', (thing) => lacking(thing, 'report'));
    expect(against(begun)).toContain('COLLECTIONS_NOT_COMPARED');
  });

  test('stands for nothing that a collector reported, or who confirmed the collection', () => {
    for (const actor of ['hospital.collector', 'hospital.clinician'])
      expect(against(recorded({ actor }))).toEqual(NOT_COMPARED);
    expect(against(recorded({}, { signatures: [] }))).toEqual(NOT_COMPARED);
    const person = 'P'.repeat(42) + 'A';
    const taken = { signatures: [{ ...signed('hospital.collector'), person }] };
    expect(against(recorded({ person }, taken))).toEqual(NOT_COMPARED);
  });

  test('was issued before the samples were taken', () => {
    const earlierRecord = { ...RECORD, issued: NOW };
    expect(against(recorded({ earlierRecord }))).toEqual(NOT_COMPARED);
  });

  test('agrees with the samples by a step that took both, as a second collection does', () => {
    const alone = recorded().report('calling/1', { inputDatasets: ['tumour-fastq'] });
    expect(against(alone)).toContain('COLLECTIONS_NOT_COMPARED');
    const differs = recorded().judge('calling/1', { 'second-collection-concordance': 'fail' });
    expect(against(differs)).toEqual(['CHECK_FAILED', ...NOT_COMPARED]);
  });
});
