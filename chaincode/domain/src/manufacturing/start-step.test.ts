import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  command,
  consent,
  context,
  DIGEST,
  din,
  item,
  NOW,
  OTHER_COI,
  signed,
  RECIPIENT,
} from '../example.fixture.js';
import {
  DEVIATION,
  done,
  HOLD,
  honest,
  lacking,
  type Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import type { NamedItem } from '../nouns/named-item.js';
import type { Training } from '../nouns/training.js';
import { addMinutes } from '../values/time.js';
import { decideStartStep, linksOf, startStep, type StartState } from './start-step.js';

const { tumour, block, blood, template, retainedVial } = THINGS;
const lab = actor('lab.technician', 'LabMSP', 'lab');
const designer = actor('lab.designer', 'LabMSP', 'designer');
const operator = actor('lab.operator', 'LabMSP', 'operator');
const tester = actor('lab.tester', 'LabMSP', 'quality');
const HERE = {
  holder: { organisation: 'LabMSP', actor: lab.id },
  custody: 'in-custody',
} as const;

/** A therapy whose things lie in the laboratory. */
const there = [block, blood, template, retainedVial].reduce<Story>(
  (before, id) => before.change('item', id, HERE),
  honest(),
);
const both = [consent('given'), consent('given', { purpose: 'GENOMIC_SEQUENCING', id: 'c-2' })];
const EXTRACTION = { step: 'extraction', inputs: [block, blood] };
const CALLING = { step: 'calling', datasets: ['tumour-fastq', 'normal-fastq', 'genotype'] };

function start(story: Story, said: object = {}, by = lab, rest: Partial<StartState> = {}) {
  const body = startStep.body.parse({
    coi: COI,
    attempt: 2,
    datasets: [],
    ...EXTRACTION,
    ...said,
  });
  const whole = story.whole();
  const named = (id: string): NamedItem => {
    const found = whole.items.get(id);
    return found ? { id, known: 'own', item: found } : { id, known: 'never' };
  };
  const inputs = body.inputs.map(named);
  const state: StartState = {
    therapy: whole.therapy,
    whole,
    inputs,
    ancestry: upstreamOf(whole, linksOf(body, inputs)),
    consents: both,
    recipient: RECIPIENT,
    suspects: [],
    ...rest,
  };
  return decideStartStep(state, command(by.id, body), context(by));
}

const codes = (decided: ReturnType<typeof start>) =>
  decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [decided.decision];

describe('a step', () => {
  test('starts when consent, the steps before it and its inputs are there', () => {
    expect(start(there)).toMatchObject({
      decision: 'permitted',
      changes: [
        {
          noun: 'step',
          step: 'extraction',
          permission: { actor: lab.id, inputs: [block, blood], datasets: [] },
        },
      ],
    });
    expect(codes(start(there, { ...CALLING, inputs: [] }, designer))).toEqual(['permitted']);
    const booking = { step: 'slot-booking', inputs: [] };
    expect(codes(start(there, booking, operator))).toEqual(['permitted']);
  });

  const block0 = there.find('item', block);
  const elsewhere = { organisation: 'CourierMSP', actor: 'x' };

  test.each<[string, Story, object, string]>([
    ['under an attempt that was made', there, { attempt: 1 }, 'ATTEMPT_TAKEN'],
    [
      'without what it needs behind its input',
      there.change('item', block, { producedBy: { step: 'extraction', attempt: 1 } }),
      {},
      'STEP_NOT_DONE',
    ],
    [
      'on a step that was only permitted',
      there.change('step', 'pathology/1', (thing) => lacking(thing, 'report')),
      {},
      'STEP_NOT_DONE',
    ],
    ['on a step that is on hold', there.change('step', 'pathology/1', HOLD), {}, 'ON_HOLD'],
    ['in a therapy that is on hold', there.change('therapy', COI, HOLD), {}, 'ON_HOLD'],
    ['with an item that nobody registered', there, { inputs: [din(50)] }, 'UNKNOWN_ITEM'],
    ['with an item that is on hold', there.change('item', block, HOLD), {}, 'ON_HOLD'],
    ['with an item of another kind', there, { inputs: [block, template] }, 'WRONG_KIND'],
    ['without an input', there, { inputs: [] }, 'NO_INPUT'],
    [
      'with an item that another member holds',
      there.change('item', block, { holder: elsewhere }),
      {},
      'NOT_HOLDER',
    ],
    [
      'with an item that is on its way',
      there.change('item', block, { custody: 'in-transit' }),
      {},
      'NOT_IN_CUSTODY',
    ],
    [
      'with a sample that one person took alone',
      there.change('item', blood, { collected: { by: 'a', occasion: 'b' } }),
      {},
      'COLLECTION_NOT_CONFIRMED',
    ],
    [
      'with what was made of a sample that one person took alone',
      there.change('item', tumour, { collected: { by: 'a', occasion: 'b' } }),
      {},
      'COLLECTION_NOT_CONFIRMED',
    ],
    ['with an item past its time', there.change('item', block, { useBy: NOW }), {}, 'EXPIRED'],
    ['in data that no record holds', there, { ...CALLING, datasets: ['no-fastq'] }, 'BROKEN_CHAIN'],
    [
      'with what is made of another patient’s item',
      there.change('item', block, {
        parents: [...block0.parents, { coi: OTHER_COI, id: din(50) }],
      }),
      {},
      'FOREIGN_ITEM',
    ],
  ])('is refused %s', (_name, story, said, code) => {
    expect(codes(start(story, said))).toContain(code);
  });

  test('is refused without either of its consents', () => {
    const without = (consents: typeof both) => codes(start(there, {}, lab, { consents }));
    expect(without(both.slice(1))).toEqual(['CONSENT_NOT_ACTIVE']);
    expect(without(both.slice(0, 1))).toEqual(['CONSENT_NOT_ACTIVE']);
  });

  test('is refused with another patient’s item, without a word of whose it is', () => {
    const foreign = item({ id: din(50), coi: OTHER_COI });
    const inputs: readonly NamedItem[] = [{ id: din(50), known: 'foreign', item: foreign }];
    const decision = start(there, { inputs: [din(50)] }, lab, { inputs });
    expect(codes(decision)).toContain('FOREIGN_ITEM');
    expect(JSON.stringify(decision)).not.toContain(OTHER_COI);
  });

  test('is refused to a role that the process does not name', () => {
    expect(codes(start(there, {}, operator))).toEqual(['STEP_ROLE']);
  });

  test('is refused to who is not trained for it, where it asks for that', () => {
    const asking = there.by((definition) => ({
      ...definition,
      steps: definition.steps.map((step) =>
        step.id === 'extraction' ? { ...step, trained: true } : step,
      ),
    }));
    const training: Training = {
      noun: 'training',
      ...{ actor: lab.id, process: 'pcv-mrna', version: '1.0' },
      ...{ step: 'extraction', from: addMinutes(NOW, -60), until: addMinutes(NOW, 60) },
      evidence: DIGEST,
      recorded: signed('lab.quality'),
    };
    expect(codes(start(asking))).toEqual(['NOT_TRAINED']);
    expect(codes(start(asking, {}, lab, { training }))).toEqual(['permitted']);
    const expired = { ...training, until: NOW };
    expect(codes(start(asking, {}, lab, { training: expired }))).toEqual(['TRAINING_EXPIRED']);
  });

  test('is refused when it is no step that is started', () => {
    expect(codes(start(there, { step: 'design' }))).toEqual(['UNKNOWN_STEP']);
    expect(codes(start(there, { step: 'dancing' }))).toEqual(['UNKNOWN_STEP']);
  });

  describe('on data', () => {
    const ranking = { step: 'ranking', inputs: [], datasets: ['variants', 'hla'] };

    test('is refused while any of it is on hold', () => {
      const held = there.change('dataset', 'genotype', HOLD);
      expect(codes(start(held, { ...CALLING, inputs: [] }, designer))).toEqual(['ON_HOLD']);
    });

    test('is refused while something two levels before it is on hold, or deviates', () => {
      const held = there.change('dataset', 'normal-fastq', HOLD);
      expect(codes(start(held, ranking, designer))).toEqual(['ON_HOLD']);
      const deviating = there.change('item', tumour, DEVIATION);
      expect(codes(start(deviating, ranking, designer))).toEqual(['DEVIATION_OPEN']);
    });

    test('is refused without the second sample’s', () => {
      const said = { ...CALLING, inputs: [], datasets: ['tumour-fastq', 'normal-fastq'] };
      expect(codes(start(there, said, designer))).toEqual(['STEP_NOT_DONE']);
    });

    test('is refused after a test of the same files failed, but that test itself', () => {
      const failed = there.with(
        done('calling/7', 'lab.designer', {
          ...failing(),
          inputDatasets: CALLING.datasets,
        }),
      );
      expect([...new Set(codes(start(failed, ranking, designer)))]).toEqual(['CHECK_FAILED']);
      expect(codes(start(failed, { ...CALLING, inputs: [] }, designer))).toEqual(['permitted']);
    });
  });

  describe('on a design', () => {
    const TEMPLATE = { step: 'template', inputs: [] };

    test('needs its approval', () => {
      const unapproved = there.change('design', 'design-1', (thing) => lacking(thing, 'approved'));
      const ask = (story: Story, said: object) =>
        codes(start(story, { ...TEMPLATE, ...said }, operator));
      expect(ask(there, { design: 'design-1' })).toEqual(['permitted']);
      expect(ask(unapproved, { design: 'design-1' })).toEqual(['DESIGN_NOT_APPROVED']);
      expect(ask(there, {})).toEqual(['DESIGN_NOT_APPROVED']);
      const held = there.change('design', 'design-1', HOLD);
      expect(ask(held, { design: 'design-1' })).toEqual(['ON_HOLD']);
    });
  });

  describe('on a batch', () => {
    const TESTS = { step: 'release-tests', inputs: [retainedVial], batch: 'batch-1' };

    test('is refused once the batch was called back', () => {
      expect(codes(start(there, TESTS, tester))).toEqual(['permitted']);
      const recall = { ...signed('manufacturer.quality'), reason: 'sterility' };
      const recalled = there.change('batch', 'batch-1', { recall });
      expect(codes(start(recalled, TESTS, tester))).toEqual(['RECALLED']);
    });

    test('may be the test that failed, on what was kept back', () => {
      const failed = there.judge('release-tests/1', { sterility: 'fail' });
      expect(codes(start(failed, TESTS, tester))).toEqual(['permitted']);
    });
  });
});

function failing() {
  const checks = ['concordance', 'contamination', 'second-collection-concordance'];
  return { verdicts: checks.map((check) => ({ check, verdict: 'fail' as const })) };
}

test('a step on an earlier record takes nothing of the patient, where the process accepts one', () => {
  const on = { step: 'genotyping', inputs: [] };
  expect(codes(start(there, on))).toEqual(['NO_INPUT']);
  expect(codes(start(there, { ...on, earlierRecord: true }))).toEqual(['permitted']);
  const pathology = { step: 'extraction', inputs: [], earlierRecord: true };
  expect(codes(start(there, pathology))).toContain('NO_INPUT');
});
