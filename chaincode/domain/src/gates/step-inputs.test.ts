import { describe, expect, test } from '@jest/globals';
import { design, din } from '../example.fixture.js';
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
import { type Step, stepOf } from '../nouns/process-definition.js';
import { against } from './dose-gate.fixture.js';
import { reasonsOfInputs, reasonsOfStepsBefore, type StepInputs } from './process-path.js';

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
