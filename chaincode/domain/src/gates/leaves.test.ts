import { describe, expect, test } from '@jest/globals';
import { ancestry, COI, din, item, OTHER_COI, sample } from '../example.fixture.js';
import { honest, lacking, made, own, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import { against } from './dose-gate.fixture.js';
import { reasonsOfLeaves } from './leaves.js';

describe('every branch of a dose', () => {
  test('ends in a confirmed collection of the patient, or in a lot', () => {
    expect(reasonsOfLeaves(honest().whole(), honest().upstream())).toEqual([]);
  });

  const pooled = (...parents: readonly string[]) =>
    honest().change('item', THINGS.dose, { parents: [THINGS.vials[0], ...parents].map(own) });
  const foreign = { coi: OTHER_COI, id: din(50) };

  test.each<[string, Story, readonly string[]]>([
    ['in an item that no record holds', pooled(din(50)), ['BROKEN_CHAIN']],
    ['in data that no record holds', honest().without('dataset', 'hla'), ['BROKEN_CHAIN']],
    [
      'in a lot that nobody registered',
      honest().report('fill-finish/1', { lots: ['lot-9'] }),
      ['BROKEN_CHAIN'],
    ],
    [
      'in an item of no origin',
      honest().change('item', THINGS.blood, (thing) => lacking(thing, 'collected')),
      ['BROKEN_CHAIN'],
    ],
    [
      'in another patient’s item',
      honest().change('item', THINGS.block, { parents: [own(THINGS.tumour), foreign] }),
      ['FOREIGN_ITEM'],
    ],
    [
      'in a sample that one person took alone',
      honest().change('item', THINGS.secondBlood, {
        collected: { by: 'hospital.second-collector', occasion: 'visit-2' },
      }),
      ['COLLECTION_NOT_CONFIRMED'],
    ],
    [
      'in itself',
      honest().change('item', THINGS.dna, {
        parents: [THINGS.block, THINGS.blood, THINGS.library].map(own),
      }),
      ['CIRCULAR_CHAIN'],
    ],
    [
      'in a step that was permitted and never reported',
      honest().change('step', 'pathology/1', (thing) => lacking(thing, 'report')),
      ['STEP_NOT_DONE'],
    ],
  ])('may not end %s', (_name, story, codes) => {
    expect(against(story)).toEqual(codes);
  });

  test('may end in an earlier record of the patient, and in no step that is still to be reported', () => {
    const reasons = (story: Story) => reasonsOfLeaves(story.whole(), story.upstream());
    const earlierRecord = { source: '4012345000016', issued: '2024-03-01T09:00:00.000Z' };
    expect(reasons(honest().report('genotyping/1', { inputs: [], earlierRecord }))).toEqual([]);
    expect(reasons(honest().report('genotyping/1', { inputs: [] }))).toMatchObject([
      { code: 'MADE_OF_NOTHING', subject: 'step genotyping/1' },
    ]);
    const begun = honest().change('step', 'pathology/1', (thing) => lacking(thing, 'report'));
    expect(reasons(begun)).toEqual([{ code: 'STEP_NOT_DONE', subject: 'step pathology/1' }]);
  });

  test('may not end in an unidentified thing, whatever quality decided on it', () => {
    const found = item({ id: din(50), kind: 'unidentified', cleared: [] });
    const story = pooled(found.id).with(found);
    const reasons = reasonsOfLeaves(story.whole(), story.upstream());
    expect(reasons).toEqual([{ code: 'UNIDENTIFIED_ITEM', subject: `item ${found.id}` }]);
  });

  test('may not begin with a drug substance that was made of nothing', () => {
    const [substance, vial] = [din(50), THINGS.vials[0]];
    const story = honest()
      .with(made(substance, 'drug-substance', 'transcription/2', []))
      .with({
        ...honest().find('step', 'transcription/1'),
        attempt: 2,
        report: {
          ...reportOf('transcription/1'),
          inputs: [],
          outputs: [substance],
        },
      })
      .report('fill-finish/1', { inputs: [THINGS.drugSubstance, substance].map(own) })
      .change('item', vial, { parents: [THINGS.drugSubstance, substance].map(own) });
    expect(against(story)).toEqual(['MADE_OF_NOTHING', 'NO_INPUT', 'STEP_NOT_DONE']);
  });

  function reportOf(name: string) {
    const { report } = honest().find('step', name);
    if (!report) throw new Error(`${name} is not reported`);
    return report;
  }

  test('begins with the patient: lots alone make no dose', () => {
    expect(reasonsOfLeaves(honest().whole(), ancestry())).toMatchObject([{ code: 'BROKEN_CHAIN' }]);
    expect(reasonsOfLeaves(honest().whole(), ancestry({ items: [sample()] }))).toEqual([]);
  });

  test('names what was made of another patient’s item, and nothing of that patient’s', () => {
    const story = honest().change('item', THINGS.block, {
      parents: [own(THINGS.tumour), { coi: OTHER_COI, id: din(50) }],
    });
    expect(reasonsOfLeaves(story.whole(), story.upstream())).toEqual([
      {
        code: 'FOREIGN_ITEM',
        subject: `item ${THINGS.block}`,
        expected: COI,
        found: 'an item of another therapy',
      },
    ]);
  });

  test('names the step that was done on another patient’s item, and what was asked about by nothing', () => {
    const foreign = { coi: OTHER_COI, id: din(50) };
    const reason = { code: 'FOREIGN_ITEM', expected: COI, found: 'an item of another therapy' };
    const story = honest().report('extraction/1', { inputs: [own(THINGS.block), foreign] });
    expect(reasonsOfLeaves(story.whole(), story.upstream(THINGS.rna))).toEqual([
      { ...reason, subject: 'step extraction/1' },
    ]);
    const whole = honest().whole();
    const asked = upstreamOf(whole, [
      { kind: 'item', ...foreign },
      { kind: 'item', ...own(THINGS.tumour) },
    ]);
    expect(reasonsOfLeaves(whole, asked)).toEqual([reason]);
  });
});
