import { describe, expect, test } from '@jest/globals';
import {
  actor,
  attempt,
  COI,
  command,
  context,
  definition,
  din,
  item,
  report,
  therapy,
} from '../example.fixture.js';
import { decideRecordBatch, recordBatch } from './batch.js';
import { labelImageRule } from './reserve-samples.js';

const operator = actor('manufacturer.operator', 'ManufacturerMSP', 'operator');
const fill = attempt('fill', { report: report(operator.id, { outputs: [1, 2, 5, 6].map(din) }) });
const IMAGE = 'KPsZOXgyzFb_UGlNVnrhmeBdyTjXVgj4Xhf3RNmPEXw';

/** What is said of a batch of four; of two for the patient and of none retained where nothing is said. */
interface Said {
  /** the definition's, which wants one where nothing is said */
  readonly wants?: { readonly reserveSamples?: number };
  readonly retained?: number;
  readonly vials?: readonly string[];
  readonly why?: string;
  readonly image?: string;
}

function recorded({
  wants = { reserveSamples: 1 },
  retained = 0,
  vials = [1, 2].map(din),
  why,
  image,
}: Said = {}) {
  const body = recordBatch.body.parse({
    ...{ coi: COI, batch: 'batch-1', fill: { step: 'fill', attempt: 1 }, vials },
    expiry: '2028-11-22T13:00:00.000Z',
    reconciliation: { made: 4, sampled: 0, retained, rejected: 4 - vials.length - retained },
    ...(why === undefined ? {} : { withoutReserve: why }),
  });
  const decision = decideRecordBatch(
    {
      ...{ therapy: therapy(), existing: undefined, design: undefined, fill },
      definition: { ...definition(), ...wants },
      vials: vials.map((id) => ({ id, known: 'own', item: item({ id, kind: 'vial' }) })),
    },
    { ...command(operator.id, body), ...(image === undefined ? {} : { annex: { image } }) },
    context(operator),
  );
  return {
    deviated: decision.deviations.map(({ code, classification, expected, found }) => ({
      ...{ code, classification, expected, found },
    })),
    batch: decision.changes.find(({ noun }) => noun === 'batch'),
  };
}

const MISSING = { code: 'RESERVE_SAMPLES_MISSING', classification: 'major' };

describe('reserve samples of a batch', () => {
  test.each([
    ['as many as the process wants', { wants: { reserveSamples: 2 }, retained: 2 }],
    ['more than it wants', { retained: 2 }],
    ['none, where it wants none', { wants: { reserveSamples: 0 } }],
    ['none, where it says nothing of them', { wants: {} }],
    ['none of a batch that has nothing for the patient', { vials: [] }],
  ])('are retained: %s', (_name, batch) => {
    expect(recorded(batch)).toMatchObject({ deviated: [] });
    expect(recorded(batch).batch).not.toHaveProperty('labelImage');
  });

  test('that are fewer than the process wants deviate', () => {
    expect(recorded({ wants: { reserveSamples: 2 }, retained: 1 }).deviated).toEqual([
      { ...MISSING, expected: '2 retained, or an image of the label and why', found: '1 retained' },
    ]);
    expect(recorded().deviated).toMatchObject([MISSING]);
  });

  test('give way to an image of the label with the reason, and the batch says so', () => {
    const { deviated, batch } = recorded({ why: 'all-for-the-patient', image: IMAGE });
    expect(deviated).toEqual([]);
    expect(batch).toMatchObject({
      labelImage: { reason: 'all-for-the-patient', commitment: IMAGE },
    });
  });

  test.each([
    ['a reason without an image', { why: 'volume-too-small' }],
    ['an image without a reason', { image: IMAGE }],
  ])('do not give way to %s', (_name, said) => {
    const { deviated, batch } = recorded(said);
    expect(deviated).toMatchObject([MISSING]);
    expect(batch).not.toHaveProperty('labelImage');
  });

  test('are replaced by an image of which size, format and digest are named, and no words', () => {
    const image = { sha256: 'c5'.repeat(32), bytes: 482_113, format: 'jpeg' };
    const { content } = labelImageRule;
    expect(content.safeParse(image).success).toBe(true);
    for (const other of [{ bytes: 0 }, { format: 'fastq' }, { sha256: 'c5' }, { note: 'a word' }])
      expect(content.safeParse({ ...image, ...other }).success).toBe(false);
  });
});
