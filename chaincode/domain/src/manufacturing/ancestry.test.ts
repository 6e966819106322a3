import { describe, expect, test } from '@jest/globals';
import {
  ancestry,
  attempt,
  batch,
  COI,
  dataset,
  design,
  din,
  item,
  OTHER_COI,
  report,
  sample,
  signed,
} from '../example.fixture.js';
import {
  brokenLinks,
  linksOfAttempt,
  linksOfBatch,
  linksOfDesign,
  linksOfItem,
  makersOf,
  reasonsOfOrigin,
} from './ancestry.js';

const codes = (reasons: readonly { readonly code: string; readonly subject?: string }[]) =>
  reasons.map(({ code, subject = '' }) => `${code} ${subject}`.trim());

describe('the chain from the patient to the dose', () => {
  test('is whole when everything in it is recorded, clean and accepted', () => {
    const whole = ancestry({
      items: [sample({ handOff: { id: 'hand-off-1', verdict: 'accepted' } })],
      attempts: [attempt('calling', { report: report('lab.designer') })],
      datasets: [dataset()],
      designs: [design()],
      batches: [batch()],
    });
    expect(brokenLinks(whole, COI)).toEqual([]);
    expect(reasonsOfOrigin(whole)).toEqual([]);
  });

  test('breaks where a record names what the ledger does not hold', () => {
    const broken = ancestry({ missing: ['dataset variants'] });
    expect(codes(brokenLinks(broken, COI))).toEqual(['BROKEN_CHAIN dataset variants']);
  });

  test.each(['pending', 'rejected', 'misdelivered'] as const)(
    'breaks at a hand-off that is %s',
    (verdict) => {
      const items = [item({ handOff: { id: 'hand-off-1', verdict } })];
      expect(brokenLinks(ancestry({ items }), COI)).toEqual([
        {
          code: 'HAND_OFF_NOT_ACCEPTED',
          subject: `item ${din(1)}`,
          expected: 'accepted',
          found: verdict,
        },
      ]);
    },
  );

  test('breaks at a step that was permitted and never reported', () => {
    const attempts = [attempt('calling', { attempt: 2 })];
    expect(codes(brokenLinks(ancestry({ attempts }), COI))).toEqual([
      'STEP_NOT_DONE step calling/2',
    ]);
  });

  test('breaks at every thing that something stops, whatever it is', () => {
    const deviation = { kind: 'deviation', id: 'D1', code: 'SEAL_MISMATCH' } as const;
    const hold = { kind: 'hold', id: 'hold-1', code: 'investigation' } as const;
    const rejected = { kind: 'rejected', id: 'D2', code: 'LABEL_MISMATCH' } as const;
    const stopped = ancestry({
      items: [item({ blockers: [deviation, rejected] })],
      attempts: [attempt('calling', { blockers: [hold], report: report('lab.designer') })],
      datasets: [dataset({ blockers: [deviation] })],
      designs: [design({ blockers: [hold] })],
      batches: [batch({ blockers: [rejected] })],
    });
    expect(codes(brokenLinks(stopped, COI))).toEqual([
      `DEVIATION_OPEN item ${din(1)}`,
      `REJECTED item ${din(1)}`,
      'ON_HOLD step calling/1',
      'DEVIATION_OPEN dataset fastq',
      'ON_HOLD design design-1',
      'REJECTED batch batch-1',
    ]);
  });

  test('begins with a sample of the patient', () => {
    const made = ancestry({ items: [item({ producedBy: { step: 'pathology', attempt: 1 } })] });
    expect(codes(reasonsOfOrigin(made))).toEqual(['BROKEN_CHAIN']);
  });

  test('begins with samples that a second person confirmed, each of them', () => {
    const alone = { by: 'hospital.collector', occasion: 'visit-1' };
    const items = [sample(), item({ id: din(2), collected: alone })];
    expect(codes(reasonsOfOrigin(ancestry({ items })))).toEqual([
      `COLLECTION_NOT_CONFIRMED item ${din(2)}`,
    ]);
  });
});

describe('another patient’s item in the chain', () => {
  const foreign = (serial: number, ...parents: readonly number[]) =>
    item({
      coi: OTHER_COI,
      id: din(serial),
      parents: parents.map((parent) => ({ coi: OTHER_COI, id: din(parent) })),
    });

  test('is named where the chain leaves this patient’s, without what it came from', () => {
    const items = [item(), foreign(11, 12), foreign(12, 13), foreign(13)];
    expect(brokenLinks(ancestry({ items }), COI)).toEqual([
      { code: 'FOREIGN_ITEM', subject: `item ${din(11)}`, expected: COI, found: OTHER_COI },
    ]);
  });

  test('is named at each place where the chain leaves', () => {
    const items = [foreign(11, 13), foreign(12, 13), foreign(13)];
    expect(codes(brokenLinks(ancestry({ items }), COI))).toEqual([
      `FOREIGN_ITEM item ${din(11)}`,
      `FOREIGN_ITEM item ${din(12)}`,
    ]);
  });

  test('is not hidden by records that name each other as parents', () => {
    const itself = ancestry({ items: [foreign(11, 11)] });
    const ring = ancestry({ items: [foreign(11, 12), foreign(12, 11)] });
    expect(codes(brokenLinks(itself, COI))).toEqual([`FOREIGN_ITEM item ${din(11)}`]);
    expect(brokenLinks(ring, COI)).not.toEqual([]);
  });
});

describe('what a record leads back to', () => {
  test('is an item’s parents, step, design and batch', () => {
    const vial = item({
      parents: [{ coi: OTHER_COI, id: din(2) }],
      producedBy: { step: 'fill', attempt: 2 },
      design: 'design-1',
      batch: 'batch-1',
    });
    expect(linksOfItem(vial)).toEqual([
      { kind: 'item', coi: OTHER_COI, id: din(2) },
      { kind: 'step', coi: COI, id: 'fill', attempt: 2 },
      { kind: 'design', coi: COI, id: 'design-1' },
      { kind: 'batch', coi: COI, id: 'batch-1' },
    ]);
  });

  test('is a step’s inputs, data, lots and design, once it is reported', () => {
    const reported = report('lab.technician', {
      inputs: [{ coi: COI, id: din(1) }],
      inputDatasets: ['fastq'],
      lots: ['lot-1'],
      design: 'design-1',
    });
    expect(linksOfAttempt(attempt('calling', { report: reported }))).toEqual([
      { kind: 'item', coi: COI, id: din(1) },
      { kind: 'dataset', coi: COI, id: 'fastq' },
      { kind: 'lot', id: 'lot-1' },
      { kind: 'design', coi: COI, id: 'design-1' },
    ]);
    expect(linksOfAttempt(attempt('calling'))).toEqual([]);
  });

  test('is a design’s data and ranking, a batch’s fill, design and tests', () => {
    expect(linksOfDesign(design())).toEqual([
      { kind: 'dataset', coi: COI, id: 'fastq' },
      { kind: 'step', coi: COI, id: 'ranking', attempt: 1 },
    ]);
    expect(linksOfBatch(batch())).toEqual([
      { kind: 'step', coi: COI, id: 'fill', attempt: 1 },
      { kind: 'design', coi: COI, id: 'design-1' },
      { kind: 'step', coi: COI, id: 'tests', attempt: 1 },
    ]);
  });
});

describe('the makers of a batch', () => {
  test('are who asked for, did and recorded its steps, and not who tested it', () => {
    const attempts = [
      attempt('fill', {
        permission: { ...signed('manufacturer.foreman'), inputs: [] },
        report: report('manufacturer.filler'),
      }),
      attempt('tests', { report: report('manufacturer.tester') }),
      attempt('tests', { attempt: 2, report: report('manufacturer.second-tester') }),
    ];
    expect([...makersOf(ancestry({ attempts }), batch())].sort()).toEqual([
      'manufacturer.filler',
      'manufacturer.foreman',
      'manufacturer.operator',
      'manufacturer.second-tester',
    ]);
  });
});
