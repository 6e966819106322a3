import { describe, expect, test } from '@jest/globals';
import { batch, design, din, item, NOW, signed, step } from '../example.fixture.js';
import {
  codesOf,
  DEVIATION,
  done,
  HOLD,
  honest,
  lacking,
  made,
  own,
  SECOND_VIAL,
  secondBatch,
  SHIPPED,
  type Story,
  THINGS,
  verdictsOf,
} from '../graph/honest-therapy.fixture.js';
import type { Batch } from '../nouns/batch.js';
import { instantOf, milliseconds } from '../values/time.js';
import {
  openTestsIn,
  reasonsOfBatch,
  reasonsOfContainers,
  reasonsOfOpenTests,
  testsMissing,
  waitsForBatch,
} from './containers.js';
import { openCells } from './open-tests.fixture.js';
import { against } from './dose-gate.fixture.js';

const { vials, sampleVial, retainedVial, dose } = THINGS;
const of = (change: Partial<Batch> | ((batch: Batch) => Batch)) =>
  honest().change('batch', 'batch-1', change);
const pooled = (story: Story, ...parents: readonly string[]) =>
  story.change('item', dose, { parents: parents.map(own) });

describe('every container in a dose', () => {
  test('belongs to a batch that was tested, reviewed and certified', () => {
    const story = honest();
    const item1 = story.find('item', dose);
    expect(reasonsOfContainers(story.whole(), item1, NOW)).toEqual([]);
    expect(against(pooled(story, vials[0], vials[1]))).toEqual([]);
    expect(against(pooled(story.with(...secondBatch()), vials[0], SECOND_VIAL))).toEqual([]);
  });

  test('may be the dose itself', () => {
    const story = honest();
    const vial = story.find('item', vials[1]);
    expect(reasonsOfContainers(story.whole(), vial, NOW)).toEqual([]);
  });

  test.each([
    ['a sample of the fill', sampleVial],
    ['what was kept back', retainedVial],
  ])('is none that the batch does not list: %s', (_name, id) => {
    expect(against(pooled(honest(), vials[0], id))).toEqual(['NO_BATCH']);
  });

  test('is none that names a batch which does not list it', () => {
    expect(against(of({ vials: [vials[1], vials[2]] }))).toEqual(['NO_BATCH']);
  });

  test('is listed by the batch that it names, where a second one lists it too', () => {
    const story = honest().with(
      ...secondBatch().map((each) =>
        each.noun === 'batch' ? { ...each, vials: [vials[0], ...each.vials] } : each,
      ),
    );
    const second = story.find('batch', 'batch-2');
    expect(codesOf(reasonsOfBatch(story.whole(), second))).toEqual(['NOT_OF_THIS_FILL']);
    expect(against(story)).toEqual([]);
  });

  test('is there: a dose of none is refused', () => {
    expect(codesOf(reasonsOfContainers(honest().whole(), item({ id: dose }), NOW))).toEqual([
      'BROKEN_CHAIN',
    ]);
  });

  test.each<[string, Story, readonly string[]]>([
    ['that nobody reviewed', of((each) => lacking(each, 'review')), ['NOT_REVIEWED']],
    ['that nobody certified', of((each) => lacking(each, 'certification')), ['BATCH_NOT_RELEASED']],
    [
      'that was called back',
      of({ recall: { ...signed('manufacturer.quality'), reason: 'sterility' } }),
      ['RECALLED'],
    ],
    [
      'of another fill',
      of({ fill: { step: 'transcription', attempt: 1 } }),
      ['NOT_OF_THIS_FILL', 'NOT_TESTED'],
    ],
    [
      'of another design',
      of({ design: 'design-2' }).with(design({ id: 'design-2' })),
      ['BROKEN_CHAIN', 'DESIGN_DIFFERS', 'SEQUENCE_NOT_CONFIRMED'],
    ],
    ['that nobody tested', honest().without('step', 'release-tests/1'), ['NOT_TESTED']],
    [
      'that was tested on a sample of another fill',
      honest()
        .with(...secondBatch())
        .report('release-tests/1', { inputs: [own(SECOND_VIAL)] }),
      ['NOT_TESTED'],
    ],
    [
      'that was tested on a sample that is stopped',
      honest().change('item', sampleVial, HOLD),
      ['NOT_TESTED'],
    ],
    [
      'of which one test is open',
      honest().judge('release-tests/1', { potency: 'missing' }),
      ['NOT_TESTED'],
    ],
    [
      'of which one test failed',
      honest().judge('release-tests/1', { sterility: 'fail' }),
      ['CHECK_FAILED'],
    ],
    ...(['rejected', 'annulled'] as const).map((kind): [string, Story, readonly string[]] => [
      `whose test was ${kind}`,
      honest().change('step', 'release-tests/1', {
        blockers: [{ kind, id: 'D1', code: 'STEP_OUT_OF_ORDER' }],
      }),
      ['NOT_TESTED'],
    ]),
    [
      'that was tested on two samples of which one is stopped',
      honest()
        .change('item', sampleVial, HOLD)
        .report('release-tests/1', { inputs: [sampleVial, retainedVial].map(own) }),
      ['NOT_TESTED'],
    ],
    [
      'that was tested on a sample beside one that no record holds',
      honest().report('release-tests/1', { inputs: [sampleVial, din(50)].map(own) }),
      ['NOT_TESTED'],
    ],
    [
      'whose fill was of nothing that was confirmed',
      honest().report('fill-finish/1', { inputs: [], design: 'design-1' }),
      ['NO_INPUT', 'SEQUENCE_NOT_CONFIRMED', 'STEP_NOT_DONE'],
    ],
    [
      'whose template nobody reported',
      honest().change('step', 'template/1', (thing) => lacking(thing, 'report')),
      ['SEQUENCE_NOT_CONFIRMED', 'STEP_NOT_DONE'],
    ],
    [
      'whose template names another design',
      honest()
        .with(design({ id: 'design-2', datasets: ['neoantigens'], verdicts: verdictsOf('design') }))
        .report('template/1', { design: 'design-2' }),
      ['DESIGN_DIFFERS', 'SEQUENCE_NOT_CONFIRMED'],
    ],
    [
      'whose template was another sequence',
      honest().judge('template/1', { 'sequence-confirmation': 'fail' }),
      ['CHECK_FAILED', 'SEQUENCE_NOT_CONFIRMED'],
    ],
  ])('is of no batch %s', (_name, story, codes) => {
    expect(against(story)).toEqual(codes);
  });

  test('is tested by every release test of the process, and not by one of two', () => {
    const story = honest().by((definition) => ({
      ...definition,
      steps: definition.steps.flatMap((step) => {
        if (step.id === 'release-tests') return [step, { ...step, id: 'second-tests' }];
        if (step.id !== 'qa-review') return [step];
        return [{ ...step, needs: [...step.needs, 'second-tests'] }];
      }),
    }));
    const reasons = reasonsOfBatch(story.whole(), story.find('batch', 'batch-1'));
    expect(reasons).toEqual([
      {
        ...{ code: 'NOT_TESTED', subject: 'batch batch-1', found: 'none of identity' },
        expected: 'second-tests on samples of fill-finish/1',
      },
    ]);
    const second = done('second-tests/1', 'manufacturer.tester', {
      inputs: [own(retainedVial)],
      verdicts: verdictsOf('release-tests'),
    });
    const both = story.with(second);
    expect(reasonsOfBatch(both.whole(), both.find('batch', 'batch-1'))).toEqual([]);
  });

  test('is of a sequence that every check of its template confirmed', () => {
    const twice = honest().by((definition) => ({
      ...definition,
      steps: definition.steps.map((step) =>
        step.id === 'template'
          ? { ...step, checks: step.checks.flatMap((check) => [check, { ...check, code: 'b' }]) }
          : step,
      ),
    }));
    const confirmed = (...codes: readonly string[]) => {
      const verdicts = codes.map((check) => ({ check, verdict: 'pass' as const }));
      return against(twice.report('template/1', { verdicts }));
    };
    expect(confirmed('sequence-confirmation', 'b')).toEqual([]);
    expect(confirmed('sequence-confirmation')).toEqual(['SEQUENCE_NOT_CONFIRMED']);
  });

  test('is told apart from one of other designs by all of their names', () => {
    const found = (story: Story) => {
      const vial = story.find('item', vials[0]);
      return reasonsOfContainers(story.whole(), vial, NOW).find(
        ({ code }) => code === 'DESIGN_DIFFERS',
      )?.found;
    };
    expect(found(honest().report('fill-finish/1', { inputs: [] }))).toBe('none');
    const two = honest()
      .with(design({ id: 'design-0', datasets: ['neoantigens'], verdicts: verdictsOf('design') }))
      .report('fill-finish/1', { design: 'design-0' });
    expect(found(two)).toBe('design-0,design-1');
  });

  test('waits while its test or its sample deviates, but for what became of the sample later', () => {
    expect(against(honest().change('step', 'release-tests/1', DEVIATION))).toEqual([
      'DEVIATION_OPEN',
    ]);
    expect(against(honest().change('item', sampleVial, DEVIATION))).toEqual(['NOT_TESTED']);
    const since = instantOf(milliseconds(NOW) + 1);
    const lost = { kind: 'deviation', id: 'D1', code: 'ITEM_LOST', since } as const;
    expect(against(honest().change('item', sampleVial, { blockers: [lost] }))).toEqual([]);
  });

  test('waits while what its sample alone was taken from is stopped, if that may have begun before', () => {
    const part = item({
      ...{ id: din(50), kind: honest().find('item', sampleVial).kind },
      ...{ parents: [own(sampleVial)], signatures: [signed('manufacturer.tester')] },
    });
    const on = (later: number) => {
      const since = instantOf(milliseconds(NOW) + later);
      const lost = { kind: 'deviation', id: 'D1', code: 'ITEM_LOST', since } as const;
      return honest()
        .with(part)
        .report('release-tests/1', { inputs: [own(part.id)] })
        .change('item', sampleVial, { blockers: [lost] });
    };
    expect(against(on(0))).toEqual(['NOT_TESTED']);
    expect(against(on(1))).toEqual([]);
  });

  test('is looked for through splits and pools, and in what is made of itself once', () => {
    const part = item({ id: din(50), kind: 'vial', parents: [own(vials[0])] });
    expect(against(pooled(honest().with(part), part.id))).toEqual([]);
    expect(against(pooled(honest(), dose, vials[0]))).toEqual(['CIRCULAR_CHAIN']);
    expect(against(pooled(honest(), din(51), vials[0]))).toEqual(['BROKEN_CHAIN']);
  });

  test('keeps until the very moment of its batch’s expiry', () => {
    const { expiry } = honest().find('batch', 'batch-1');
    const at = (time: string) =>
      codesOf(reasonsOfContainers(honest().whole(), honest().find('item', dose), time));
    expect(at(instantOf(milliseconds(expiry) - 1))).toEqual([]);
    expect(at(expiry)).toEqual(['EXPIRED']);
  });

  test('is of one design, and not of two', () => {
    const [template, substance] = [din(50), din(51)];
    const story = honest().with(
      design({
        id: 'design-2',
        version: 2,
        datasets: ['neoantigens'],
        verdicts: verdictsOf('design'),
      }),
      done('template/2', 'manufacturer.operator', { outputs: [template], design: 'design-2' }),
      made(template, 'template', 'template/2', [], { design: 'design-2' }),
      done('transcription/2', 'manufacturer.operator', {
        inputs: [own(template)],
        outputs: [substance],
      }),
      made(substance, 'drug-substance', 'transcription/2', [template]),
    );
    const mixed = story.report('fill-finish/1', {
      inputs: [THINGS.drugSubstance, substance].map(own),
    });
    expect(against(mixed)).toEqual(['DESIGN_DIFFERS', 'SEQUENCE_NOT_CONFIRMED']);
    const all = [...vials, sampleVial, retainedVial];
    const second = all.reduce(
      (before, id) => before.change('item', id, { parents: [own(substance)] }),
      story.report('fill-finish/1', { inputs: [own(substance)] }),
    );
    expect(against(second)).toEqual(['DESIGN_DIFFERS', 'SEQUENCE_NOT_CONFIRMED']);
    expect(against(second.change('batch', 'batch-1', { design: 'design-2' }))).toEqual([]);
  });

  test('is asked for by no process in which nobody decides on batches', () => {
    const decisions = ['manufacturing:ReviewBatch', 'manufacturing:CertifyBatch'];
    const story = honest().by((definition) => ({
      ...definition,
      steps: definition.steps.filter(({ attestedBy }) => !decisions.includes(attestedBy)),
    }));
    const untested = pooled(story, retainedVial);
    expect(reasonsOfContainers(untested.whole(), untested.find('item', dose), NOW)).toEqual([]);
  });

  test('is reviewed and certified where the process tests nothing, too', () => {
    const untested = of((each) => lacking(lacking(each, 'review'), 'certification')).by(
      (definition) => ({
        ...definition,
        steps: definition.steps.map((step) =>
          step.attestedBy === 'manufacturing:ReviewBatch' ? { ...step, needs: [] } : step,
        ),
      }),
    );
    const reasons = reasonsOfContainers(untested.whole(), untested.find('item', dose), NOW);
    expect(codesOf(reasons)).toEqual(['BATCH_NOT_RELEASED', 'NOT_REVIEWED']);
  });
});

describe('a batch that is to be released', () => {
  const reasons = (story: Story) =>
    codesOf(reasonsOfBatch(story.whole(), story.find('batch', 'batch-1')));

  test('is of its fill and its design, confirmed and tested', () => {
    expect(reasons(honest())).toEqual([]);
    expect(reasons(of((each) => lacking(each, 'review')))).toEqual([]);
  });

  test('holds no vial of another fill, and is tested whole', () => {
    const story = honest().with(...secondBatch());
    expect(reasons(story.change('batch', 'batch-1', { vials: [...vials, SECOND_VIAL] }))).toEqual([
      'NOT_OF_THIS_FILL',
    ]);
    expect(reasons(honest().without('step', 'release-tests/1'))).toEqual(['NOT_TESTED']);
  });

  test('may hold not a single good vial', () => {
    const none = batch({ ...honest().find('batch', 'batch-1'), vials: [] });
    expect(codesOf(reasonsOfBatch(honest().whole(), none))).toEqual([]);
  });
});

describe('what is missing of a batch', () => {
  const undesigned = of((each) => lacking(each, 'design'));

  test('is a design where its process has one', () => {
    expect(reasonsOfBatch(undesigned.whole(), undesigned.find('batch', 'batch-1'))).toContainEqual({
      ...{ code: 'DESIGN_DIFFERS', subject: `item ${vials[0]}` },
      ...{ expected: 'a design', found: 'design-1' },
    });
  });

  test('is the confirmation of the very design that it names', () => {
    const other = of({ design: 'design-2' });
    expect(reasonsOfBatch(other.whole(), other.find('batch', 'batch-1'))).toContainEqual({
      ...{ code: 'SEQUENCE_NOT_CONFIRMED', subject: 'batch batch-1' },
      expected: 'design design-2',
    });
  });

  test('is each release test without a result, and none that may follow', () => {
    const missing = (story: Story) =>
      testsMissing(story.whole(), story.find('batch', 'batch-1')).map(({ id }) => id);
    expect(missing(honest())).toEqual([]);
    expect(missing(honest().without('step', 'release-tests/1'))).toEqual(['release-tests']);
    expect(missing(honest().judge('release-tests/1', { potency: 'missing' }))).toEqual([
      'release-tests',
    ]);
    expect(openTestsIn(honest().whole(), [honest().find('batch', 'batch-1')])).toEqual({});
  });

  test('is asked of a step where any of its needs is the certification', () => {
    const whole = honest().whole();
    const waits = (...needs: readonly string[]) => waitsForBatch(whole, { ...step('x'), needs });
    const [certification = ''] = SHIPPED.steps
      .filter(({ attestedBy }) => attestedBy === 'manufacturing:CertifyBatch')
      .map(({ id }) => id);
    expect([waits('template', certification), waits('template'), waits()]).toEqual([
      ...[true, false, false],
    ]);
  });

  test('and what is open is told beside what was named', () => {
    const story = openCells();
    const told = (...named: readonly string[]) =>
      reasonsOfOpenTests(story.whole(), [story.find('batch', 'batch-1')], named);
    expect(told()).toMatchObject([{ code: 'OPEN_TEST_NOT_NAMED', found: 'none' }]);
    expect(told('another')).toMatchObject([{ found: 'another' }]);
  });
});
