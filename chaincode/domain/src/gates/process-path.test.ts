import { describe, expect, test } from '@jest/globals';
import { dataset, design, din, item } from '../example.fixture.js';
import { CELL_THINGS, honestCells } from '../graph/cell-therapy.fixture.js';
import {
  codesOf,
  done,
  honest,
  lacking,
  made,
  own,
  SHIPPED,
  type Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import type { Dataset } from '../nouns/dataset.js';
import { type Step, stepOf } from '../nouns/process-definition.js';
import { against } from './dose-gate.fixture.js';
import {
  reasonsOfInputs,
  reasonsOfPath,
  reasonsOfStepsBefore,
  type StepInputs,
} from './process-path.js';

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

describe('a step is done on its inputs', () => {
  const steps: readonly Step[] = [
    ...SHIPPED.steps,
    ...(['substance-test', 'labelling', 'reading', 'filing'] as const).map((id, index) => ({
      ...step('slot-booking'),
      id,
      number: 30 + index,
    })),
  ];
  function step(id: string): Step {
    const found = stepOf(SHIPPED, id);
    if (!found) throw new Error(`no step ${id}`);
    return found;
  }
  const NOTHING: StepInputs = { items: [], datasets: [], design: undefined, batch: undefined };
  const check = (story: Story, of: Partial<Step>, inputs: Partial<StepInputs>) =>
    codesOf(
      reasonsOfInputs(
        story.by((definition) => ({ ...definition, steps })).whole(),
        { ...step('slot-booking'), needs: [], ...of },
        { ...NOTHING, ...inputs },
        'step x/1',
      ),
    );

  test('after a test of each of them, where it needs one', () => {
    const test1 = { ...step('release-tests'), id: 'substance-test', inputs: ['drug-substance'] };
    const tested = honest()
      .by((definition) => ({ ...definition, steps: [...definition.steps, test1] }))
      .with(made(din(50), 'drug-substance', 'transcription/2', [THINGS.template]))
      .with(
        done('substance-test/1', 'manufacturer.tester', { inputs: [own(THINGS.drugSubstance)] }),
      );
    const needing = { ...step('fill-finish'), needs: ['substance-test'] };
    const start = (...ids: readonly string[]) =>
      codesOf(
        reasonsOfInputs(
          tested.whole(),
          needing,
          { ...NOTHING, items: ids.map(own) },
          'step fill-finish/2',
        ),
      );
    expect(start(THINGS.drugSubstance)).toEqual([]);
    expect(start(THINGS.drugSubstance, din(50))).toEqual(['STEP_NOT_DONE']);
  });

  test('after what takes and makes nothing, wherever in the therapy that was done', () => {
    const of = { needs: ['slot-booking'] };
    expect(check(honest(), of, {})).toEqual([]);
    expect(check(honest().without('step', 'slot-booking/1'), of, {})).toEqual(['STEP_NOT_DONE']);
  });

  test('after the material that its data comes from, and not another’s', () => {
    const of = { needs: ['pathology'] };
    expect(check(honest(), of, { datasets: ['tumour-fastq'] })).toEqual([]);
    expect(check(honest(), of, { datasets: ['genotype'] })).toEqual(['STEP_NOT_DONE']);
    const behind = (need: string, dataset: string) =>
      check(honest(), { needs: [need] }, { datasets: [dataset] });
    expect(behind('extraction', 'tumour-fastq')).toEqual([]);
    expect(behind('extraction', 'genotype')).toEqual(['STEP_NOT_DONE']);
    expect(behind('genotyping', 'genotype')).toEqual([]);
    expect(behind('genotyping', 'tumour-fastq')).toEqual(['STEP_NOT_DONE']);
    expect(behind('ranking', 'variants')).toEqual(['STEP_NOT_DONE']);
    expect(check(honest(), { needs: ['ranking'] }, { design: 'design-1' })).toEqual([]);
  });

  test('after what makes data behind its material, and after what makes material where it takes some', () => {
    const blood = { items: [own(THINGS.blood)] };
    const after = (need: string) =>
      check(honest(), { needs: [need], inputs: ['blood-edta'] }, blood);
    expect(after('extraction')).toEqual([]);
    expect(after('sequencing')).toEqual(['STEP_NOT_DONE']);
    const dna = { items: [own(THINGS.dna)] };
    const sequenced = check(honest(), { needs: ['sequencing'], inputs: ['dna'] }, dna);
    expect(sequenced).toEqual(['STEP_NOT_DONE']);
  });

  test('which an earlier record stands for only where the step says so', () => {
    const said = { earlierRecord: true };
    const of = { inputs: ['blood-edta'] };
    expect(check(honest(), of, said)).toEqual(['NO_INPUT']);
    expect(check(honest(), { ...of, earlierRecord: true }, said)).toEqual([]);
    expect(check(honest(), { ...of, earlierRecord: true }, {})).toEqual(['NO_INPUT']);
  });

  test('after nothing that the process does not have', () => {
    expect(check(honest(), { needs: ['nothing'] }, {})).toEqual([]);
  });

  test('which are of its kinds, and what is missing is named', () => {
    const reasons = (of: Step, rest: Partial<StepInputs>) =>
      reasonsOfInputs(honest().whole(), of, { ...NOTHING, ...rest }, 'step x/1');
    const calling = { ...step('calling'), needs: [] };
    expect(reasons(calling, { items: [own(THINGS.block)] })).toEqual([
      {
        ...{ code: 'WRONG_KIND', subject: `item ${THINGS.block}` },
        ...{ expected: 'no input', found: 'block' },
      },
    ]);
    const filling = { ...step('fill-finish'), needs: ['design', 'qa-review', 'certification'] };
    expect(reasons(filling, {})).toEqual([
      { code: 'NO_INPUT', subject: 'step x/1', expected: 'drug-substance', found: 'none' },
      { code: 'DESIGN_NOT_APPROVED', subject: 'design none named' },
      { code: 'NOT_REVIEWED', subject: 'batch none named' },
      { code: 'BATCH_NOT_RELEASED', subject: 'batch none named' },
    ]);
  });

  test('after the design’s approval, the batch’s review and its certification', () => {
    const unapproved = honest().with(lacking(design({ id: 'design-2' }), 'approved'));
    expect(check(unapproved, { needs: ['design'] }, { design: 'design-1' })).toEqual([]);
    expect(check(unapproved, { needs: ['design'] }, { design: 'design-2' })).toEqual([
      'DESIGN_NOT_APPROVED',
    ]);
    expect(check(unapproved, { needs: ['design'] }, {})).toEqual(['DESIGN_NOT_APPROVED']);
    const reviewed = honest().change('batch', 'batch-1', (thing) =>
      lacking(thing, 'certification'),
    );
    const recorded = reviewed.change('batch', 'batch-1', (thing) => lacking(thing, 'review'));
    const of = (need: string, story: Story) =>
      check(story, { needs: [need] }, { batch: 'batch-1' });
    expect(of('qa-review', reviewed)).toEqual([]);
    expect(of('qa-review', recorded)).toEqual(['NOT_REVIEWED']);
    expect(of('certification', honest())).toEqual([]);
    expect(of('certification', reviewed)).toEqual(['BATCH_NOT_RELEASED']);
    expect(check(honest(), { needs: ['certification'] }, {})).toEqual(['BATCH_NOT_RELEASED']);
  });
});

describe('a step before another', () => {
  test('may be one that no report attests, which is asked for where it is done', () => {
    const story = honest().by((definition) => ({
      ...definition,
      steps: definition.steps.map((each) =>
        each.id === 'transcription' ? { ...each, needs: [...each.needs, 'preparation'] } : each,
      ),
    }));
    expect(against(story)).toEqual([]);
  });

  test('is behind an item through its data, too', () => {
    const story = honest();
    const before = (step: string) =>
      reasonsOfStepsBefore(
        story.whole(),
        { needs: [step] },
        story.find('item', THINGS.drugSubstance),
      );
    expect(before('calling')).toEqual([]);
    expect(before('sequencing')).toEqual([]);
  });

  test('is done once it is reported, and not while it is only begun', () => {
    const begun = honest().change('step', 'slot-booking/1', (each) => lacking(each, 'report'));
    const before = (story: Story) =>
      codesOf(
        reasonsOfStepsBefore(
          story.whole(),
          { needs: ['slot-booking'] },
          story.find('item', THINGS.dna),
        ),
      );
    expect([before(honest()), before(begun)]).toEqual([[], ['STEP_NOT_DONE']]);
  });

  test('is done on what it takes, whatever was beside that', () => {
    const { bags, aliquot, dose } = CELL_THINGS;
    const inputs = [...bags, aliquot].map(own);
    expect(against(honestCells().report('lymphodepletion/1', { inputs }), dose)).toEqual([]);
  });

  test('is the certification of every batch that something is taken of, whichever is named', () => {
    const [one, other] = CELL_THINGS.bags;
    const story = honestCells()
      .with({
        ...lacking(honestCells().find('batch', 'batch-1'), 'certification'),
        ...{ id: 'batch-2', vials: [other] },
      })
      .change('item', other, { batch: 'batch-2' });
    const step = stepOf(story.definition, 'lymphodepletion');
    if (!step) throw new Error('no such step');
    const on = (...ids: readonly string[]) => {
      const inputs = { items: ids.map(own), datasets: [], design: undefined, batch: 'batch-1' };
      return reasonsOfInputs(story.whole(), step, inputs, 'step').map(({ code }) => code);
    };
    expect(on(one)).toEqual([]);
    expect(on(one, other)).toEqual(['BATCH_NOT_RELEASED']);
    const loose = story.change('item', one, (each) => lacking(each, 'batch'));
    const inputs = { items: [own(one)], datasets: [], design: undefined, batch: 'batch-1' };
    expect(reasonsOfInputs(loose.whole(), step, inputs, 'step')).toEqual([]);
  });
});
