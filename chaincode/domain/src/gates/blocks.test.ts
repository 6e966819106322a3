import { describe, expect, test } from '@jest/globals';
import { COI, din, item, NOW, signed } from '../example.fixture.js';
import {
  codesOf,
  DEVIATION,
  HOLD,
  honest,
  own,
  type Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import { addMinutes } from '../values/time.js';
import { reasonsOfBlocks } from './blocks.js';
import { against } from './dose-gate.fixture.js';

const REJECTED = {
  blockers: [{ kind: 'rejected', id: 'D1', code: 'SEAL_MISMATCH' }],
} as const;

describe('what stops something upstream of a dose', () => {
  const { vials, dose, tumour, blood, secondBlood, block, dna, rna, template } = THINGS;
  const things = [dose, vials[0], tumour, blood, secondBlood, block, dna, rna, template];
  const subjects = [
    ...[...things, THINGS.drugSubstance].map((id) => ['item', id] as const),
    ...['pathology', 'extraction', 'sequencing', 'genotyping', 'calling', 'ranking'].map(
      (step) => ['step', `${step}/1`] as const,
    ),
    ...['template', 'transcription', 'fill-finish', 'release-tests'].map(
      (step) => ['step', `${step}/1`] as const,
    ),
    ...['tumour-fastq', 'normal-fastq', 'genotype', 'variants', 'hla', 'neoantigens'].map(
      (id) => ['dataset', id] as const,
    ),
    ['design', 'design-1'] as const,
    ['batch', 'batch-1'] as const,
    ['therapy', COI] as const,
  ];

  test.each(subjects)('stops the dose: %s %s', (noun, id) => {
    expect(against(honest().change(noun, id, HOLD))).toEqual(['ON_HOLD']);
    expect(against(honest().change(noun, id, DEVIATION))).toEqual(['DEVIATION_OPEN']);
    const rejected = id === 'release-tests/1' ? 'NOT_TESTED' : 'REJECTED';
    expect(against(honest().change(noun, id, REJECTED))).toEqual([rejected]);
  });

  test.each([
    ['item', THINGS.library],
    ['item', THINGS.retainedVial],
    ['item', THINGS.vials[1]],
    ['step', 'slot-booking/1'],
  ] as const)('and not what it was not made of: %s %s', (noun, id) => {
    expect(against(honest().change(noun, id, HOLD))).toEqual([]);
  });

  test('is told by the code that stands in its record', () => {
    const story = honest().change('dataset', 'hla', DEVIATION);
    expect(reasonsOfBlocks(story.whole(), story.upstream())).toEqual([
      { code: 'DEVIATION_OPEN', subject: 'dataset hla', found: 'SEAL_MISMATCH' },
    ]);
  });

  test('is found two derivations away', () => {
    const between = item({ id: din(50), kind: 'vial', parents: [own(vials[0])] });
    const story = honest()
      .with(between)
      .change('item', dose, { parents: [own(between.id)] });
    const recall = { ...signed('manufacturer.safety-officer'), reason: 'sterility' };
    expect(against(story.change('batch', 'batch-1', { recall }))).toEqual(['RECALLED']);
    expect(against(story.change('item', vials[0], HOLD))).toEqual(['ON_HOLD']);
  });
});

describe('a hand-off upstream', () => {
  const handed = (verdict: 'pending' | 'rejected' | 'misdelivered', cleared = false): Story =>
    honest().change('item', THINGS.block, {
      handOff: { id: 'hand-off-1', verdict },
      ...(cleared ? { cleared: [signed('manufacturer.quality')] } : {}),
    });

  test.each(['pending', 'rejected', 'misdelivered'] as const)('stops while it is %s', (verdict) => {
    expect(against(handed(verdict))).toEqual(['HAND_OFF_NOT_ACCEPTED']);
  });

  test('that was turned down leads on once quality has disposed of it', () => {
    expect(against(handed('rejected', true))).toEqual([]);
    expect(against(handed('misdelivered', true))).toEqual([]);
    expect(against(handed('pending', true))).toEqual(['HAND_OFF_NOT_ACCEPTED']);
  });
});

describe('what had expired when it was used', () => {
  const [lot] = honest().find('step', 'fill-finish/1').report?.lots ?? [];

  test('stops, be it a lot or an input of a step', () => {
    if (lot === undefined) throw new Error('no lot');
    expect(against(honest().change('lot', lot, { expiry: NOW }))).toEqual(['LOT_EXPIRED']);
    const story = honest().change('item', THINGS.block, { useBy: NOW });
    expect(codesOf(reasonsOfBlocks(story.whole(), story.upstream()))).toEqual(['EXPIRED']);
  });

  test('stops nothing where it was used in time', () => {
    const yesterday = addMinutes(NOW, -1440);
    const used = honest()
      .report('extraction/1', { at: yesterday })
      .change('item', THINGS.block, { useBy: addMinutes(yesterday, 60) });
    expect(against(used)).toEqual([]);
  });
});
