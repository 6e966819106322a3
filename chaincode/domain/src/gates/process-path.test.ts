import { describe, expect, test } from '@jest/globals';
import { dataset, din, item } from '../example.fixture.js';
import {
  codesOf,
  done,
  honest,
  lacking,
  made,
  own,
  type Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import type { Dataset } from '../nouns/dataset.js';
import { against } from './dose-gate.fixture.js';
import { reasonsOfPath } from './process-path.js';

describe('every branch of a dose', () => {
  test('runs through the steps of the process', () => {
    const story = honest();
    expect(reasonsOfPath(story.whole(), story.upstream())).toEqual([]);
  });

  test.each<[string, Story, readonly string[]]>([
    [
      'a vial that pathology made',
      honest().change('item', THINGS.vials[0], { producedBy: { step: 'pathology', attempt: 1 } }),
      ['KIND_NOT_MADE', 'NOT_OF_THIS_FILL'],
    ],
    [
      'an item of a kind that its step does not make',
      honest().change('item', THINGS.dna, { kind: 'library' }),
      ['KIND_NOT_MADE', 'WRONG_KIND'],
    ],
    [
      'a collection of what is not collected',
      honest().change('item', THINGS.tumour, { kind: 'template' }),
      ['KIND_NOT_MADE', 'WRONG_KIND'],
    ],
    [
      'an item that its step does not name',
      honest().report('extraction/1', { outputs: [THINGS.dna] }),
      ['NOT_MADE_THERE'],
    ],
    [
      'data that its step does not name',
      honest().report('calling/1', { datasets: ['hla'] }),
      ['NOT_MADE_THERE'],
    ],
    [
      'data of a kind that its step does not make',
      honest().change('dataset', 'hla', { kind: 'neoantigens' }),
      ['KIND_NOT_MADE'],
    ],
    [
      'a dose that was prepared of no container',
      honest().change('item', THINGS.dose, { parents: [THINGS.vials[0], THINGS.library].map(own) }),
      ['KIND_NOT_MADE'],
    ],
    [
      'a drug substance that somebody derived, and no step made',
      honest().change('item', THINGS.drugSubstance, (thing) => lacking(thing, 'producedBy')),
      ['KIND_NOT_MADE', 'STEP_NOT_DONE'],
    ],
    [
      'a template that somebody prepared of a vial',
      honest().change('item', THINGS.dose, { kind: 'template' }),
      ['KIND_NOT_MADE', 'WRONG_KIND'],
    ],
    [
      'a step without what it takes',
      honest().report('fill-finish/1', { inputs: [], design: 'design-1' }),
      ['NO_INPUT', 'SEQUENCE_NOT_CONFIRMED', 'STEP_NOT_DONE'],
    ],
    [
      'an input that the step does not take',
      honest().report('extraction/1', {
        inputs: [THINGS.block, THINGS.blood, THINGS.tumour].map(own),
      }),
      ['WRONG_KIND'],
    ],
    [
      'calling without the second sample’s genotype',
      honest().report('calling/1', { inputDatasets: ['tumour-fastq', 'normal-fastq'] }),
      ['COLLECTIONS_NOT_COMPARED', 'STEP_NOT_DONE'],
    ],
    [
      'ranking of what nobody called',
      honest().report('ranking/1', { inputDatasets: ['tumour-fastq', 'genotype'] }),
      ['STEP_NOT_DONE'],
    ],
    [
      'a template of no design',
      honest().change('step', 'template/1', ({ report, ...thing }) => ({
        ...thing,
        ...(report ? { report: { ...lacking(report, 'design'), inputDatasets: ['hla'] } } : {}),
      })),
      ['DESIGN_NOT_APPROVED', 'SEQUENCE_NOT_CONFIRMED'],
    ],
    [
      'a design that quality did not approve',
      honest().change('design', 'design-1', (thing) => lacking(thing, 'approved')),
      ['DESIGN_NOT_APPROVED'],
    ],
    [
      'a design that rests on another step than the ranking',
      honest().change('design', 'design-1', { ranking: { step: 'calling', attempt: 1 } }),
      ['STEP_NOT_DONE'],
    ],
    [
      'an extraction of blood alone, and a block that no branch comes from',
      [THINGS.dna, THINGS.rna].reduce(
        (before, id) => before.change('item', id, { parents: [own(THINGS.blood)] }),
        honest().report('extraction/1', { inputs: [own(THINGS.blood)] }),
      ),
      ['STEP_NOT_DONE'],
    ],
    [
      'a design that rests on calling alone, with nothing but what that made',
      honest().change('design', 'design-1', {
        ranking: { step: 'calling', attempt: 1 },
        datasets: ['variants'],
      }),
      ['STEP_NOT_DONE'],
    ],
    [
      'a step that nobody reports by itself',
      honest()
        .with(done('collection/1', 'hospital.nurse', { inputs: [own(THINGS.tumour)] }))
        .change('item', THINGS.block, { producedBy: { step: 'collection', attempt: 1 } }),
      ['KIND_NOT_MADE', 'STEP_NOT_DONE', 'UNKNOWN_STEP'],
    ],
  ])('may not hold %s', (_name, story, codes) => {
    expect(against(story)).toEqual(codes);
  });

  test('leads to a design that quality approved, before anything is made from it', () => {
    const reasons = (story: Story) => {
      const whole = story.whole();
      return codesOf(reasonsOfPath(whole, upstreamOf(whole, [{ kind: 'design', id: 'design-1' }])));
    };
    expect(reasons(honest())).toEqual([]);
    const submitted = honest().change('design', 'design-1', (thing) => lacking(thing, 'approved'));
    expect(reasons(submitted)).toEqual(['DESIGN_NOT_APPROVED']);
  });

  test('is told with what the process would have made there', () => {
    const reasons = (story: Story) => reasonsOfPath(story.whole(), story.upstream(THINGS.dna));
    const subject = `item ${THINGS.dna}`;
    const nothing = honest().change('item', THINGS.dna, {
      producedBy: { step: 'calling', attempt: 1 },
    });
    const wrong = { code: 'KIND_NOT_MADE', subject, found: 'dna' };
    expect(reasons(nothing)).toContainEqual({ ...wrong, expected: 'no output' });
    const other = honest().change('item', THINGS.dna, {
      producedBy: { step: 'pathology', attempt: 1 },
    });
    expect(reasons(other)).toContainEqual({ ...wrong, expected: 'block' });
    const derived = honest().change('item', THINGS.dna, (thing) => lacking(thing, 'producedBy'));
    expect(reasons(derived)).toContainEqual({
      ...wrong,
      expected: 'a part of block,blood-edta, or what is prepared of it',
    });
  });

  test('is told with what data the process would have made there', () => {
    const expected = (change: Partial<Dataset>) => {
      const story = honest().change('dataset', 'hla', change);
      return reasonsOfPath(story.whole(), story.upstream()).find(
        ({ code }) => code === 'KIND_NOT_MADE',
      )?.expected;
    };
    expect(expected({ producedBy: { step: 'pathology', attempt: 1 } })).toBe('no dataset');
    expect(expected({ kind: 'neoantigens' })).toBe('bam,vcf,hla');
  });

  test('needs nothing upstream that makes nothing: a slot is booked beside it', () => {
    const story = honest().by((definition) => ({
      ...definition,
      steps: definition.steps.map((step) =>
        step.id === 'extraction' ? { ...step, needs: [...step.needs, 'slot-booking'] } : step,
      ),
    }));
    expect(against(story)).toEqual([]);
  });

  test('rests on whatever ranking, where the process asks for none', () => {
    const story = honest().change('design', 'design-1', {
      ranking: { step: 'calling', attempt: 1 },
    });
    const unasked = story.by((definition) => ({
      ...definition,
      steps: definition.steps.map((step) =>
        step.attestedBy === 'manufacturing:ApproveDesign' ? { ...step, needs: [] } : step,
      ),
    }));
    expect(against(story)).toEqual(['STEP_NOT_DONE']);
    expect(against(unasked)).toEqual([]);
  });

  test('runs through the ranking that the design names, with each of its data', () => {
    const beside = honest()
      .with(
        done('calling/2', 'lab.designer', {
          inputDatasets: ['tumour-fastq', 'normal-fastq', 'genotype'],
          datasets: ['variants-2'],
        }),
        dataset({ id: 'variants-2', kind: 'vcf', producedBy: { step: 'calling', attempt: 2 } }),
      )
      .change('design', 'design-1', { datasets: ['neoantigens', 'variants-2'] });
    expect(against(beside)).toEqual(['STEP_NOT_DONE']);
  });

  test('needs pathology behind each block, and not behind one of two', () => {
    const other = made(din(50), 'block', 'extraction/7', [THINGS.tumour]);
    const story = honest()
      .with(other)
      .report('extraction/1', { inputs: [THINGS.block, other.id, THINGS.blood].map(own) });
    const whole = story.whole();
    const reasons = reasonsOfPath(whole, story.upstream());
    expect(reasons).toContainEqual({
      code: 'STEP_NOT_DONE',
      subject: 'step pathology',
      expected: `pathology before item ${other.id}`,
    });
  });

  test('may go through a split into two of the same kind', () => {
    const part = item({ id: din(50), kind: 'vial', parents: [own(THINGS.vials[0])] });
    const story = honest()
      .with(part)
      .change('item', THINGS.dose, { parents: [own(part.id)] });
    expect(against(story)).toEqual([]);
  });
});
