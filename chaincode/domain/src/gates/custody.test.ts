import { describe, expect, test } from '@jest/globals';
import { actor, context, item } from '../example.fixture.js';
import { CUSTODY_STATES } from '../values/words.js';
import { reasonsAgainstCustody } from './custody.js';

const here = context(actor('hospital.clinician', 'HospitalMSP', 'clinician'));
const check = (of: Parameters<typeof item>[0]) =>
  reasonsAgainstCustody(item(of), here).map(({ code }) => code);

describe('an item that somebody uses', () => {
  test('is in the hands of that person’s organisation', () => {
    expect(check({})).toEqual([]);
    expect(check({ holder: { organisation: 'CourierMSP', actor: 'courier.driver' } })).toEqual([
      'NOT_HOLDER',
    ]);
  });

  test('is there: neither on its way, nor consumed, given or disposed of', () => {
    for (const custody of CUSTODY_STATES) {
      expect(check({ custody })).toEqual(custody === 'in-custody' ? [] : ['NOT_IN_CUSTODY']);
    }
  });
});
