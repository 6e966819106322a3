import { describe, expect, test } from '@jest/globals';
import { after, agreed, authorise, decide, physician } from '../care/decide-to-go-on.fixture.js';
import { COI, NOW, signed } from '../example.fixture.js';
import { CELL_THINGS, honestCells } from '../graph/cell-therapy.fixture.js';
import { HOLD, lacking, Story } from '../graph/honest-therapy.fixture.js';
import { addMinutes } from '../values/time.js';
import { waiting } from './next.fixture.js';

const REJECTED = {
  blockers: [{ kind: 'rejected', id: 'D1', code: 'TEMPERATURE_EXCURSION' }],
} as const;

describe('what is next in a cell therapy', () => {
  test('is the cells, and the slot, after the order', () => {
    const ordered = new Story([honestCells().find('therapy', COI)], honestCells().definition);
    expect(waiting(ordered)).toEqual([
      'slot-booking: StartStep by coordinator of HospitalMSP, or StartStep by coordinator/operator of ManufacturerMSP',
      'collection: CollectItem by collector/nurse of HospitalMSP',
    ]);
  });

  test('is whichever release test is missing', () => {
    const story = honestCells()
      .without('step', 'sterility-test/1')
      .change('batch', 'batch-1', (thing) => lacking(lacking(thing, 'certification'), 'review'));
    expect(waiting(story)).toEqual(['sterility-test: StartStep by quality of ManufacturerMSP']);
  });

  test('is the lymphodepletion before the dose', () => {
    const story = honestCells().without('step', 'lymphodepletion/1');
    expect(waiting(story)).toEqual(['lymphodepletion: StartStep by clinician of HospitalMSP']);
  });

  test('is the dose at the bedside, where everything is as it should be', () => {
    expect(waiting(honestCells())).toEqual([
      'administration: VerifyBedside by clinician/nurse of HospitalMSP, or AuthoriseDose by clinician of HospitalMSP',
    ]);
    expect(CELL_THINGS.bags).toHaveLength(2);
  });

  const { dose } = CELL_THINGS;
  const GO_ON =
    'DECISION_OWED: DecideToGoOn by clinician of HospitalMSP, or DecideToGoOn by release-person of ManufacturerMSP';
  const BEDSIDE =
    'administration: VerifyBedside by clinician/nurse of HospitalMSP, or AuthoriseDose by clinician of HospitalMSP';

  test.each<[string, Story]>([
    ['whose own time is over', honestCells().change('item', dose, { useBy: NOW })],
    ['of a batch whose time is over', honestCells().change('batch', 'batch-1', { expiry: NOW })],
    ['that quality rejected for what happened to it', honestCells().change('item', dose, REJECTED)],
  ])('is the bedside of a product %s, once two decided to go on with it', (_why, story) => {
    expect(waiting(story)).toContain(GO_ON);
    expect(waiting(story)).not.toContain(BEDSIDE);
    expect(waiting(agreed(story))).toContain(BEDSIDE);
  });

  test('is a dose that was authorised while it was decided to go on, until that ends', () => {
    const held = honestCells()
      .by((each) => ({ ...each, decisionMinutes: 5 }))
      .change('item', dose, HOLD);
    const decided = agreed(held);
    const permitted = after(decided, authorise(decided, 4));
    const GIVE = 'administration: RecordAdministration by clinician/nurse of HospitalMSP';
    expect(waiting(permitted, { at: addMinutes(NOW, 10) })).toContain(GIVE);
    const later = { blockers: [...HOLD.blockers, { ...HOLD.blockers[0], id: 'hold-2' }] };
    expect(waiting(permitted.change('item', dose, later))).not.toContain(GIVE);
  });

  test('is nobody’s second signature for what came since the first, or has no say any more', () => {
    const held = honestCells().change('item', dose, HOLD);
    const half = after(held, decide(physician, held));
    expect(waiting(half)).toContain(
      'SIGNATURE_OWED: DecideToGoOn by release-person of ManufacturerMSP',
    );
    expect(waiting(half.change('item', CELL_THINGS.bags[0], HOLD))).toContain(GO_ON);
    const recall = { ...signed('manufacturer.reviewer'), reason: 'sterility' };
    const recalled = half.change('batch', 'batch-1', { recall });
    expect(waiting(recalled).filter((told) => told.includes('DecideToGoOn'))).toEqual([]);
  });
});
