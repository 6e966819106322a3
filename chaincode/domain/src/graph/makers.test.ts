import { describe, expect, test } from '@jest/globals';
import {
  ancestry,
  attempt,
  batch as recordedBatch,
  design,
  din,
  item,
  NOW,
  report,
  sample,
  signed,
} from '../example.fixture.js';
import { upstreamWithTests } from './evidence.js';
import { honest, own, THINGS } from './honest-therapy.fixture.js';
import type { Readings } from '../nouns/readings.js';
import { makersOf } from './makers.js';

describe('the makers of a batch', () => {
  const batch = { kind: 'batch', id: 'batch-1' } as const;
  const nothingMeasured = { readings: [] };

  test('are who collected, made, designed, tested and recorded, and not who approved or settled', () => {
    const makers = makersOf(honest().whole(), upstreamWithTests(honest().whole(), [batch]));
    expect([...makers].sort()).toEqual([
      'hospital.clinician',
      'hospital.collector',
      'hospital.pathologist',
      'hospital.second-collector',
      'lab.designer',
      'lab.technician',
      'manufacturer.operator',
      'manufacturer.storekeeper',
      'manufacturer.tester',
    ]);
  });

  test('are who asked for a step too, and the person behind a device', () => {
    const asked = attempt('fill', {
      permission: { ...signed('manufacturer.foreman'), inputs: [], datasets: [] },
      report: { ...report('manufacturer.device'), principal: 'manufacturer.filler' },
    });
    expect([...makersOf(nothingMeasured, ancestry({ attempts: [asked] }))]).toEqual([
      'manufacturer.foreman',
      'manufacturer.filler',
    ]);
  });

  test('are who did nothing but design, record the batch or report a step once more', () => {
    const again = { ...signed('manufacturer.second-tester'), verdicts: [], lots: [] };
    const made = ancestry({
      attempts: [attempt('fill', { report: report('manufacturer.filler'), repeated: [again] })],
      designs: [design({ submitted: signed('lab.designer') })],
      batches: [recordedBatch({ recorded: signed('manufacturer.clerk') })],
    });
    expect([...makersOf(nothingMeasured, made)]).toEqual([
      'manufacturer.filler',
      'manufacturer.second-tester',
      'lab.designer',
      'manufacturer.clerk',
    ]);
  });

  test('are who split the drug substance', () => {
    const part = item({
      id: din(50),
      kind: 'drug-substance',
      parents: [own(THINGS.drugSubstance)],
      signatures: [signed('manufacturer.splitter'), signed('courier.driver')],
    });
    const story = honest()
      .with(part)
      .report('fill-finish/1', { inputs: [own(part.id)] });
    const makers = makersOf(story.whole(), upstreamWithTests(story.whole(), [batch]));
    expect(makers).toContain('manufacturer.splitter');
    expect(makers).toContain('courier.driver');
  });

  test('are who handed it on and who read its logger out, and not who settled what deviated', () => {
    const passed = sample({
      signatures: [signed('hospital.collector'), signed('courier.driver')],
      cleared: [signed('manufacturer.quality')],
    });
    const readings = [
      measured(passed.id, 'courier.dispatcher'),
      measured(din(99), 'courier.of-something-else'),
    ];
    expect([...makersOf({ readings }, ancestry({ items: [passed] }))].sort()).toEqual([
      'courier.dispatcher',
      'courier.driver',
      'hospital.clinician',
      'hospital.collector',
    ]);
  });
});

function measured(item: string, by: string): Readings {
  const { coi } = sample();
  const range = { count: 1, minC: 4, maxC: 4, from: NOW, until: NOW, excursions: 0 };
  return {
    noun: 'readings',
    coi,
    id: `${item} ${by}`,
    item,
    logger: 'logger-1',
    ...range,
    recorded: signed(by),
  };
}
