import { expect, test } from '@jest/globals';
import { circleOfTherapy } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import { clinician } from '../gateway.fixture.js';
import { EventEntitlement } from './entitlement.js';
import type { LedgerEvent } from './ledger-event.js';

const COI = 'H1234269000015';
const NOON = '2026-11-23T12:00:00.000Z';
const therapy = { parties: ['HospitalMSP'], patient: 'patient-1' };
const admitted = [
  {
    access: 'a',
    actor: 'far.clinician',
    organisation: 'FarMSP',
    until: '2026-11-23T12:00:01.000Z',
  },
];

/** Something of a therapy, as far as it decides who hears of it. */
const event = {
  receipt: {
    ...{ type: 'custody:CollectItem', actor: 'hospital.nurse', organisation: 'HospitalMSP' },
    ...{ scope: { kind: 'therapy', id: COI }, decision: 'recorded', effect: 'taken' },
    ...{ changed: [], reasons: [], deviations: [] },
  },
} as unknown as LedgerEvent;

const elsewhere = (id: string): Caller => ({
  ...{ id, organisation: 'FarMSP', roles: ['clinician'], keys: clinician.keys.public },
});

test('whom emergency access admits hears as long as it is open, though no event ends it, and no colleague hears', async () => {
  let open = true;
  let asked = 0;
  const entitlement = new EventEntitlement({
    ask: () => {
      asked += 1;
      return Promise.resolve(
        open ? circleOfTherapy({ ...therapy, admitted }, NOON) : ('withheld' as const),
      );
    },
  });
  const hears = async (id: string) => (await entitlement.told(elsewhere(id), event)) !== undefined;
  expect([await hears('far.clinician'), await hears('far.clinician-2')]).toEqual([true, false]);
  open = false;
  expect(await hears('far.clinician')).toBe(false);
  const before = asked;
  expect(await hears('far.clinician')).toBe(false);
  expect(asked).toBe(before);
});
