import { describe, expect, test } from '@jest/globals';
import { MEMBERS, type Role } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import { clinician } from '../gateway.fixture.js';
import { type Answered, sightOfCommand, type Told } from './command-sight.js';

const callerAs = (role: Role, organisation: string): Caller => ({
  ...{ id: `someone.${role}`, organisation, roles: [role], keys: clinician.keys.public },
});

const enrolment: Told = {
  type: 'registry:EnrolActor',
  actor: 'hospital.registrar',
  organisation: 'HospitalMSP',
  scope: { kind: 'consortium', id: 'consortium' },
  decision: 'permitted',
  changed: ['actor patient-7'],
  reasons: [],
};

/** A peer that knows everybody but the patient. */
const unaware = (_: Caller, { kind, ...subject }: { kind: string; id?: string }): Answered =>
  kind === 'person' && subject.id === 'patient-7' ? 'absent' : MEMBERS;

describe('a command about somebody whom the ledger that is asked does not know', () => {
  test('is told to nobody while that ledger is behind the block which enrolled them', () => {
    for (const role of ['lab', 'nurse', 'auditor'] as const) {
      expect(() => sightOfCommand(callerAs(role, 'LabMSP'), enrolment, unaware)).toThrow(
        expect.objectContaining({ kind: 'unavailable' }),
      );
    }
  });

  test('is told as what members share where it was refused, since nobody is enrolled', () => {
    const reasons = [{ code: 'UNKNOWN_ACTOR', subject: 'actor patient-7' }];
    const refused = { ...enrolment, decision: 'refused' as const, changed: [], reasons };
    expect(sightOfCommand(callerAs('nurse', 'HospitalMSP'), refused, unaware)).toBe('whole');
  });
});

describe('an order of a therapy', () => {
  const order = {
    ...enrolment,
    type: 'therapy:OrderTherapy',
    scope: { kind: 'therapy', id: 'G123417654321A' } as const,
    changed: ['therapy G123417654321A'],
  };

  test('is passed over for no party because the ledger that is asked is behind it', () => {
    expect(() => sightOfCommand(callerAs('lab', 'LabMSP'), order, () => 'absent')).toThrow(
      expect.objectContaining({ kind: 'unavailable' }),
    );
  });
});
