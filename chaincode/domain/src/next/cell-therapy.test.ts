import { describe, expect, test } from '@jest/globals';
import { COI } from '../example.fixture.js';
import { CELL_THINGS, honestCells } from '../graph/cell-therapy.fixture.js';
import { lacking, Story } from '../graph/honest-therapy.fixture.js';
import { waiting } from './next.fixture.js';

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
      'administration: VerifyBedside by nurse/clinician/pharmacist of HospitalMSP, or AuthoriseDose by clinician of HospitalMSP',
    ]);
    expect(CELL_THINGS.bags).toHaveLength(2);
  });
});
