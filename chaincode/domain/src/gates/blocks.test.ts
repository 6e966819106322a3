import { describe, expect, test } from '@jest/globals';
import {
  ancestry,
  attempt,
  COI,
  din,
  item,
  NOW,
  OTHER_COI,
  report,
  signed,
} from '../example.fixture.js';
import {
  codesOf,
  DEVIATION,
  HOLD,
  honest,
  lacking,
  LOT,
  own,
  type Story,
  THINGS,
} from '../graph/honest-therapy.fixture.js';
import { upstreamOf } from '../graph/upstream.js';
import type { StepAttempt } from '../nouns/step.js';
import { addMinutes } from '../values/time.js';
import { blockersBehind, reasonsOfBlocks, reasonsOfHalt } from './blocks.js';
import { against, reasonsAgainst } from './dose-gate.fixture.js';
import { blockersInReach, isReached } from './reach.js';

const REJECTED = {
  blockers: [{ kind: 'rejected', id: 'D1', code: 'SEAL_MISMATCH' }],
} as const;
const ANNULLED = {
  blockers: [{ kind: 'annulled', id: 'A.command', code: 'ENTERED_IN_ERROR' }],
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
    const aside = (code: string) => (id === 'release-tests/1' ? ['NOT_TESTED'] : [code]);
    expect(against(honest().change(noun, id, REJECTED))).toEqual(aside('REJECTED'));
    expect(against(honest().change(noun, id, ANNULLED))).toEqual(aside('ENTERED_IN_ERROR'));
  });

  test.each([
    ['item', THINGS.library],
    ['item', THINGS.retainedVial],
    ['item', THINGS.vials[1]],
    ['step', 'slot-booking/1'],
  ] as const)('and not what it was not made of: %s %s', (noun, id) => {
    expect(against(honest().change(noun, id, HOLD))).toEqual([]);
  });

  test('stops the dose: a lot that was recalled, whatever it was used for', () => {
    const recall = { ...signed('manufacturer.storekeeper'), reason: 'sterility' } as const;
    const story = honest().change('lot', LOT, { recall });
    expect(against(story)).toEqual(['RECALLED']);
    expect(codesOf(reasonsOfBlocks(story.whole(), story.upstream(THINGS.dna)))).toEqual([
      'RECALLED',
    ]);
    expect(reasonsOfBlocks(story.whole(), story.upstream(THINGS.block))).toEqual([]);
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

  test.each(['lost', 'disposed'] as const)(
    'of what was %s under way stops what was made of it before until quality has disposed of that',
    (custody) => {
      const over = (cleared: boolean) =>
        against(handed('pending', cleared).change('item', THINGS.block, { custody }));
      expect(over(false)).toEqual(['HAND_OFF_NOT_ACCEPTED']);
      expect(over(true)).toEqual([]);
    },
  );
});

describe('another label upstream', () => {
  const words = { labelRead: THINGS.block, reason: 'damaged', formerLabel: 'destroyed' } as const;
  const labelled = (...rest: readonly object[]): Story => {
    const relabellings = rest.map((each) => ({
      ...words,
      label: din(501),
      signatures: [],
      ...each,
    }));
    return honest().change('item', THINGS.block, { relabellings });
  };
  const [verified, annulled] = [{ verified: signed('x') }, { annulled: signed('y') }];

  test('stops, whoever made what of it, until a second person read both, or it was entered in error', () => {
    expect(against(labelled({}))).toEqual(['RELABELLING_NOT_VERIFIED']);
    expect(against(labelled(verified))).toEqual([]);
    expect(against(labelled(annulled))).toEqual([]);
  });

  test('stops although another one was put in its place', () => {
    expect(against(labelled({}, { ...verified, label: din(502) }))).toEqual([
      'RELABELLING_NOT_VERIFIED',
    ]);
  });

  test('is told with its number and what is asked', () => {
    const [reason] = reasonsAgainst(labelled({}));
    expect(reason).toEqual({
      ...{ code: 'RELABELLING_NOT_VERIFIED', subject: `item ${THINGS.block}` },
      ...{ expected: 'a second person who read both labels', found: din(501) },
    });
  });
});

describe('a condition upstream', () => {
  const { block, dose, drugSubstance, sampleVial } = THINGS;
  const ITEM_LOST = { kind: 'deviation', id: 'D1', code: 'ITEM_LOST' } as const;
  const since = (minutes: number, rest: object = {}) => ({
    blockers: [{ ...ITEM_LOST, since: addMinutes(NOW, minutes), ...rest }],
  });

  test.each(['ITEM_LOST', 'NOT_IN_CUSTODY', 'TEMPERATURE_EXCURSION'] as const)(
    'stops nothing that was made before it may have begun: %s',
    (code) => {
      for (const id of [drugSubstance, block]) {
        expect(against(honest().change('item', id, since(1, { code })))).toEqual([]);
        expect(against(honest().change('item', id, since(0, { code })))).toEqual([
          'DEVIATION_OPEN',
        ]);
      }
    },
  );

  test('stops everything where nobody knows when it began, or when the other was made', () => {
    expect(against(honest().change('item', block, { blockers: [ITEM_LOST] }))).toEqual([
      'DEVIATION_OPEN',
    ]);
    const unsigned = honest()
      .change('item', drugSubstance, since(1))
      .change('item', THINGS.vials[0], { signatures: [] });
    expect(against(unsigned)).toEqual(['DEVIATION_OPEN']);
  });

  test('stops the thing itself, and what is made of it since, by the time of the transaction', () => {
    expect(against(honest().change('item', dose, since(1)))).toEqual(['DEVIATION_OPEN']);
    const early = { ...signed('hospital.pharmacist'), at: addMinutes(NOW, -60) };
    const story = honest().change('item', THINGS.vials[0], since(-30));
    expect(against(story.change('item', dose, { signatures: [early] }))).toEqual([
      'DEVIATION_OPEN',
    ]);
    const whole = honest().change('item', drugSubstance, since(1)).whole();
    const inputs = [drugSubstance, THINGS.vials[0]].map((id) => ({
      kind: 'item' as const,
      ...own(id),
    }));
    const codes = codesOf(reasonsOfBlocks(whole, upstreamOf(whole, inputs)));
    expect(codes).toEqual(['DEVIATION_OPEN']);
  });

  test('of an identity or a hold reaches everything, whatever it says of its beginning', () => {
    const label = honest().change('item', block, since(1, { code: 'LABEL_MISMATCH' }));
    expect(against(label)).toEqual(['DEVIATION_OPEN']);
    expect(against(honest().change('item', block, since(1, { kind: 'hold' })))).toEqual([
      'ON_HOLD',
    ]);
  });

  test('stops what nothing is known to have been made of', () => {
    const of = item({ id: block, ...since(1) });
    expect(blockersInReach(of, ancestry({ items: [of] }))).toEqual(of.blockers);
    const from = { parents: [own(block)], signatures: [signed('lab.technician')] };
    const another = item({ id: dose, ...from });
    expect(blockersInReach(of, ancestry({ items: [of, another] }))).toEqual([]);
    const elsewhere = { ...another, parents: [{ coi: OTHER_COI, id: block }] };
    expect(blockersInReach(of, ancestry({ items: [of, elsewhere] }))).toEqual(of.blockers);
  });

  test('stops what a step took since, and not what it took before, whatever others did later', () => {
    const took = (time: string, ...inputs: readonly string[]) =>
      attempt('sequencing', { report: report('x', { inputs: inputs.map(own), time }) });
    const unrelated = took(addMinutes(NOW, 10), dose);
    const of = item({ id: block, ...since(1) });
    const after = (...attempts: readonly StepAttempt[]) =>
      blockersInReach(of, ancestry({ items: [of], attempts }));
    expect(after(took(NOW, dose, block), unrelated)).toEqual([]);
    expect(after(took(addMinutes(NOW, 1), dose, block), unrelated)).toEqual(of.blockers);
  });

  test('and what was entered in error are told apart: the second reaches everything', () => {
    const [known] = since(1).blockers;
    if (!known) throw new Error('no blocker');
    expect(isReached(known, NOW)).toBe(false);
    expect(isReached({ ...known, kind: 'annulled' }, NOW)).toBe(true);
  });

  test('of a sample after it was tested leaves the test as it is', () => {
    expect(against(honest().change('item', sampleVial, since(1)))).toEqual([]);
    expect(against(honest().change('item', sampleVial, since(-1)))).toEqual(['NOT_TESTED']);
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

  test('stops whichever report of an attempt names the lot, by when that says it was used', () => {
    const later = addMinutes(NOW, 60);
    const other = { ...honest().find('lot', LOT), id: 'lot-9', expiry: addMinutes(NOW, 30) };
    const again = { ...signed('lab.technician'), verdicts: [], lots: ['lot-9'] };
    const reported = (at: string) =>
      honest()
        .with(other)
        .change('step', 'extraction/1', { repeated: [{ ...again, at }] });
    const reasons = (at: string) =>
      reasonsOfBlocks(reported(at).whole(), reported(at).upstream(THINGS.dna));
    expect(reasons(NOW)).toEqual([]);
    expect(reasons(later)).toMatchObject([
      { code: 'LOT_EXPIRED', found: `${later} in extraction/1` },
    ]);
    const recall = { ...signed('manufacturer.storekeeper'), reason: 'sterility' };
    expect(against(reported(NOW).change('lot', 'lot-9', { recall }))).toEqual(['RECALLED']);
  });

  test('is told with when it was used, and by which attempt', () => {
    const story = honest()
      .change('lot', LOT, { expiry: NOW })
      .change('item', THINGS.block, { useBy: NOW });
    expect(reasonsOfBlocks(story.whole(), story.upstream(THINGS.dna))).toEqual([
      {
        ...{ code: 'LOT_EXPIRED', subject: `lot ${LOT}` },
        ...{ expected: `a use before ${NOW}`, found: `${NOW} in extraction/1` },
      },
      {
        ...{ code: 'EXPIRED', subject: `item ${THINGS.block}` },
        ...{ expected: `a use before ${NOW}`, found: `${NOW} in extraction/1` },
      },
    ]);
  });

  test('stops nothing that nobody registered or reported: that is for others to say', () => {
    const unregistered = honest().report('extraction/1', { lots: ['lot-9'] });
    expect(reasonsOfBlocks(unregistered.whole(), unregistered.upstream())).toEqual([]);
    const begun = honest().change('step', 'pathology/1', (thing) => lacking(thing, 'report'));
    expect(reasonsOfBlocks(begun.whole(), begun.upstream())).toEqual([]);
  });

  test('stops nothing where it was used in time', () => {
    const yesterday = addMinutes(NOW, -1440);
    const used = honest()
      .report('extraction/1', { at: yesterday })
      .change('item', THINGS.block, { useBy: addMinutes(yesterday, 60) });
    expect(against(used)).toEqual([]);
  });
});

describe('what is behind a reason', () => {
  const held = { kind: 'hold', code: 'regulator' } as const;
  const story = honest()
    .change('item', THINGS.tumour, {
      blockers: [
        { ...held, id: 'hold-1' },
        { ...held, id: 'hold-2', code: 'sponsor' },
        { kind: 'deviation', id: 'D1', code: 'regulator' },
      ],
    })
    .change('item', THINGS.blood, { blockers: [{ ...held, id: 'hold-3' }] })
    .change('therapy', COI, { blockers: [{ ...held, id: 'hold-4' }] });

  test('is each hold, deviation or rejection of that thing, of that kind and of that code', () => {
    const reason = { code: 'ON_HOLD', found: 'regulator' } as const;
    const behind = (subject: string) => blockersBehind(story.whole(), { ...reason, subject });
    expect(behind(`item ${THINGS.tumour}`)).toEqual(['hold-1']);
    expect(behind(`therapy ${COI}`)).toEqual(['hold-4']);
  });

  test('is no halt where a therapy is only held', () => {
    expect(reasonsOfHalt(story.find('therapy', COI))).toEqual([]);
    const halt = { kind: 'halt', id: 'H.1', code: 'THERAPY_HALTED' } as const;
    const halted = story.change('therapy', COI, { blockers: [{ ...held, id: 'h' }, halt] });
    expect(codesOf(reasonsOfHalt(halted.find('therapy', COI)))).toEqual(['THERAPY_HALTED']);
  });
});
