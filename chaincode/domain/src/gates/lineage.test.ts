import { describe, expect, test } from '@jest/globals';
import { design, din, item, sample } from '../example.fixture.js';
import {
  CELL_TESTS,
  CELL_THINGS,
  CELLS,
  didWithCells,
  honestCells,
} from '../graph/cell-therapy.fixture.js';
import {
  codesOf,
  honest,
  lacking,
  made,
  own,
  type Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import { containerKindsOf, isReleaseTest, releaseTestsOf } from '../graph/process-kinds.js';
import { reasonsOfBatch } from './containers.js';
import { reasonsOfLineage } from './lineage.js';
import { against, reasonsAgainst } from './dose-gate.fixture.js';

const { aliquot, apheresis, bags, dose, expanded, qcVial, tCells } = CELL_THINGS;
const againstCells = (story: Story) => against(story, dose);

describe('a cell therapy, whose process has no design', () => {
  test('reaches a dose that every gate permits, by its material alone', () => {
    expect(againstCells(honestCells())).toEqual([]);
  });

  test('has infusion bags for containers, and no vial that is filled for tests', () => {
    expect([...containerKindsOf(CELLS)]).toEqual(['infusion-bag']);
    expect(releaseTestsOf(CELLS).map(({ id }) => id)).toEqual(CELL_TESTS);
    const tests = CELLS.steps.filter(({ id }) => isReleaseTest(CELLS, id));
    expect(tests.map(({ id }) => id)).toEqual(CELL_TESTS);
  });

  test.each(CELL_TESTS)('gives nothing before its batch passed the %s', (name) => {
    const story = honestCells().without('step', `${name}/1`);
    expect(againstCells(story)).toEqual(['NOT_TESTED']);
    const batch = story.find('batch', 'batch-1');
    expect(codesOf(reasonsOfBatch(story.whole(), batch))).toEqual(['NOT_TESTED']);
  });

  test.each(CELL_TESTS)('gives nothing while an attempt at the %s has failed', (name) => {
    const [check = ''] =
      CELLS.steps.find(({ id }) => id === name)?.checks.map(({ code }) => code) ?? [];
    const verdicts = [{ check, verdict: 'fail' as const }];
    const story = honestCells().with(
      didWithCells(`${name}/2`, [qcVial], { batch: 'batch-1', verdicts }, 'manufacturer.tester'),
    );
    const { class: of } =
      CELLS.steps.flatMap(({ checks }) => checks).find(({ code }) => code === check) ?? {};
    expect(againstCells(story)).toEqual(of === 'quality' ? [] : ['CHECK_FAILED']);
  });

  test('is compared with the very cells that were collected: a number without them proves nothing', () => {
    const alone = honestCells().report('identity-test/1', { inputs: [own(qcVial)] });
    expect(reasonsAgainst(alone, dose)).toMatchObject([
      { code: 'NOT_TESTED', expected: 'str-concordance of identity-test' },
    ]);
    const others = honestCells()
      .with(item({ id: din(80), kind: 'leukapheresis', parents: [own(din(81))] }))
      .report('identity-test/1', { inputs: [own(qcVial), own(din(80))] });
    expect(againstCells(others)).toContain('NOT_TESTED');
    const pooled = honestCells()
      .with(
        sample({ id: din(84), kind: 'leukapheresis' }),
        item({ id: din(85), kind: 'leukapheresis', parents: [apheresis, din(84)].map(own) }),
      )
      .report('identity-test/1', { inputs: [qcVial, din(85)].map(own) });
    expect(againstCells(pooled)).toEqual(['NOT_TESTED']);
    const whole = honestCells().report('identity-test/1', { inputs: [qcVial, apheresis].map(own) });
    expect(againstCells(whole)).toEqual([]);
    const made = honestCells().report('identity-test/1', { inputs: [qcVial, expanded].map(own) });
    expect(againstCells(made)).toEqual(['NOT_TESTED']);
    expect(aliquot).not.toBe(apheresis);
  });

  test('is compared with every collection that it was made of, and not with one of two', () => {
    const second = din(82);
    const story = honestCells()
      .with(
        sample({ id: second, kind: 'leukapheresis' }),
        didWithCells('incoming-test/2', [second]),
      )
      .report('selection/1', { inputs: [apheresis, second].map(own) })
      .change('item', tCells, { parents: [apheresis, second].map(own) });
    expect(reasonsAgainst(story, dose)).toMatchObject([
      { code: 'NOT_TESTED', expected: 'str-concordance of identity-test' },
    ]);
    expect(
      againstCells(story.report('identity-test/1', { inputs: [qcVial, aliquot, second].map(own) })),
    ).toEqual([]);
    expect(againstCells(story.with(didWithCells('identity-test/2', [qcVial, second])))).toEqual([]);
  });

  test('is tested on samples of its own fill, and of no other among them', () => {
    const other = din(83);
    const story = honestCells().with(
      didWithCells('harvest-freeze/2', [expanded], { outputs: [other] }),
      made(other, 'qc-vial', 'harvest-freeze/2', [expanded], { custody: 'in-custody' }),
    );
    for (const inputs of [[other], [qcVial, other]]) {
      expect(againstCells(story.report('sterility-test/1', { inputs: inputs.map(own) }))).toEqual([
        'NOT_TESTED',
      ]);
    }
  });

  test('comes from no design, whoever wrote one into it', () => {
    const story = honestCells()
      .with(design({ datasets: [], ranking: { step: 'slot-booking', attempt: 1 } }))
      .report('expansion/1', { design: 'design-1' });
    expect(reasonsOfLineage(story.whole(), story.find('item', dose))).toMatchObject([
      { code: 'DESIGN_DIFFERS', expected: 'no design', found: 'design-1' },
    ]);
    const named = honestCells()
      .with(design({ datasets: [], ranking: { step: 'slot-booking', attempt: 1 } }))
      .change('batch', 'batch-1', { design: 'design-1' });
    expect(againstCells(named)).toContain('DESIGN_DIFFERS');
    expect(reasonsAgainst(named, dose)).toContainEqual({
      ...{ code: 'DESIGN_DIFFERS', subject: `item ${bags[0]}` },
      ...{ expected: 'design-1', found: 'none' },
    });
  });

  test('comes from the patient’s own material, and from nothing else', () => {
    const cells = CELL_THINGS.tCells;
    const story = honestCells().change('item', cells, { parents: [] });
    expect(againstCells(story)).toEqual(['BROKEN_CHAIN']);
    const ofNothing = story.report('selection/1', { inputs: [] });
    expect(againstCells(ofNothing)).toContain('NOT_TESTED');
    for (const id of [cells, din(99)]) {
      const lost = honestCells().change('item', cells, { parents: [own(id)] });
      expect(reasonsOfLineage(lost.whole(), lost.find('item', dose))).toMatchObject([
        { code: 'BROKEN_CHAIN', expected: 'material that was collected from the patient' },
      ]);
    }
  });

  test('is given after the lymphodepletion that its process has before it', () => {
    expect(reasonsAgainst(honestCells().without('step', 'lymphodepletion/1'), dose)).toMatchObject([
      { code: 'STEP_NOT_DONE', subject: 'step lymphodepletion' },
    ]);
    const ofAnother = honestCells().report('lymphodepletion/1', { inputs: [own(apheresis)] });
    expect(againstCells(ofAnother)).toContain('STEP_NOT_DONE');
    expect(bags).toHaveLength(2);
  });

  test.each(['rejected', 'annulled'] as const)(
    'is given after steps that stand, and not after one that was %s, until it is done again',
    (kind) => {
      const blockers = [{ kind, id: 'D.1', code: 'ENTERED_IN_ERROR' as const }];
      for (const [step, on] of [
        ['incoming-test', [apheresis]],
        ['lymphodepletion', [...bags]],
      ] as const) {
        const story = honestCells().change('step', `${step}/1`, { blockers });
        expect(reasonsAgainst(story, dose)).toMatchObject([
          { code: 'STEP_NOT_DONE', subject: `step ${step}` },
        ]);
        expect(againstCells(story.with(didWithCells(`${step}/2`, on)))).toEqual([]);
      }
    },
  );
});

describe('what is filled anew of what was filled before', () => {
  const [first, again, sampled] = [din(86), din(87), din(88)];
  const refilled = (...inputs: readonly string[]) =>
    honestCells()
      .with(
        didWithCells('harvest-freeze/2', [first], { outputs: [again, sampled] }),
        made(first, 'qc-vial', 'harvest-freeze/1', [expanded]),
        made(again, 'infusion-bag', 'harvest-freeze/2', [first], { batch: 'batch-1' }),
        made(sampled, 'qc-vial', 'harvest-freeze/2', [first]),
      )
      .change('batch', 'batch-1', {
        ...{ vials: [again], fill: { step: 'harvest-freeze', attempt: 2 } },
      })
      .report('sterility-test/1', { inputs: inputs.map(own) });
  const untested = (story: Story) =>
    reasonsOfBatch(story.whole(), story.find('batch', 'batch-1')).filter(({ expected = '' }) =>
      expected.includes('sterility'),
    );

  test('is tested with samples of itself, and with none of a fill beside it', () => {
    expect(untested(refilled(sampled))).toEqual([]);
    expect(untested(refilled(sampled, first))).toEqual([]);
    const beside = refilled(sampled, first, din(89)).with(
      didWithCells('harvest-freeze/3', [expanded], { outputs: [din(89)] }),
      made(din(89), 'qc-vial', 'harvest-freeze/3', [expanded]),
    );
    expect(untested(beside)).toMatchObject([{ code: 'NOT_TESTED' }]);
  });

  test('is tested beside what another step made, as a control', () => {
    const control = din(90);
    const story = refilled(sampled, control).with(
      didWithCells('transduction/2', [tCells], { outputs: [control] }),
      made(control, 'transduced-cells', 'transduction/2', [tCells]),
    );
    expect(untested(story)).toEqual([]);
  });
});

describe('a process of both lineages', () => {
  test('asks for the design and for the material', () => {
    const both = honest().by((definition) => ({ ...definition, lineage: 'both' }));
    expect(reasonsAgainst(both, THINGS.dose)).toMatchObject([
      { code: 'BROKEN_CHAIN', expected: 'material that was collected from the patient' },
    ]);
  });
});

test('a process of data alone asks for the design, and for no material', () => {
  const story = honest()
    .change('step', 'template/1', ({ report, ...each }) => ({
      ...each,
      ...(report ? { report: lacking(report, 'design') } : {}),
    }))
    .change('item', THINGS.template, (each) => lacking(each, 'design'));
  expect(reasonsOfLineage(story.whole(), story.find('item', THINGS.drugSubstance))).toMatchObject([
    { code: 'BROKEN_CHAIN', expected: 'a design', found: 'none' },
  ]);
});

test('a process of old, which says nothing of its lineage, has the one that its steps have', () => {
  const old = honest().by((definition) => lacking(definition, 'lineage'));
  expect(against(old)).toEqual([]);
  expect(againstCells(honestCells().by((definition) => lacking(definition, 'lineage')))).toEqual(
    [],
  );
});
