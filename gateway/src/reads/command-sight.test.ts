import { describe, expect, test } from '@jest/globals';
import type { Circle, CommandRecord, RecordSubject, Role } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import { clinician } from '../gateway.fixture.js';
import { type Answered, sightOfCommand } from './command-sight.js';

const THERAPY = { kind: 'therapy', id: 'G123417654321A' } as const;
const ROOT = { kind: 'consortium', id: 'root' } as const;

const record = (
  type: string,
  scope: CommandRecord['scope'],
  more: Partial<CommandRecord> = {},
) => ({
  ...{ type, scope, actor: 'hospital.staff', organisation: 'HospitalMSP' },
  ...{ decision: 'recorded' as const, changed: [], reasons: [], ...more },
});
const caller = (role: Role, organisation: string, id = `a.${role}`): Caller => ({
  ...{ id, organisation, roles: [role], keys: clinician.keys.public },
});
const nurse = caller('nurse', 'HospitalMSP');
const operator = caller('operator', 'ManufacturerMSP');
const courier = caller('courier', 'CourierMSP');
const payer = caller('payer', 'PayerMSP');
const auditor = caller('auditor', 'RegulatorMSP');
const patient = caller('patient', 'HospitalMSP', 'patient-1');
const other = caller('patient', 'HospitalMSP', 'patient-2');
const everybody = [nurse, operator, courier, payer, auditor, patient, other];

const PARTIES = ['HospitalMSP', 'ManufacturerMSP', 'CourierMSP', 'PayerMSP'];

/** A ledger where patient-1 is of the hospital, and every member but the regulator is a party. */
const told = (_: Caller, subject: RecordSubject): Circle => {
  if (subject.kind === 'therapy') {
    return { kind: 'therapy', patient: 'patient-1', parties: PARTIES };
  }
  return subject.kind === 'person' && subject.id === 'patient-1'
    ? { kind: 'patient', id: 'patient-1', organisation: 'HospitalMSP' }
    : { kind: 'members' };
};
type Ask = (by: Caller, subject: RecordSubject) => Answered;
const seeing = async (of: ReturnType<typeof record>, ask: Ask = told) => {
  const seen: Caller[] = [];
  for (const each of everybody) {
    const inTime = sightOfCommand(each, of, ask);
    const later = await sightOfCommand(each, of, (by, subject) =>
      Promise.resolve(ask(by, subject)),
    );
    expect([each.id, later]).toEqual([each.id, inTime]);
    if (later !== 'nothing') seen.push(each);
  }
  return seen;
};

describe('who learns of a command', () => {
  test('about custody are parties and couriers, not payers; about a step neither', async () => {
    const released = record('custody:ReleaseItem', THERAPY);
    expect(await seeing(released)).toEqual([nurse, operator, courier, auditor, patient]);
    const reported = record('manufacturing:ReportStep', THERAPY);
    expect(await seeing(reported)).toEqual([nurse, operator, auditor, patient]);
  });

  test('about what befell the patient are those who treat and make, and the patient; neither courier nor payer', async () => {
    const reported = record('care:ReportAdverseEvent', THERAPY);
    expect(await seeing(reported)).toEqual([nurse, operator, auditor, patient]);
  });

  test('that refused an order is the organisation that asked, and auditors', async () => {
    const refused = record('therapy:OrderTherapy', THERAPY, { decision: 'refused' });
    expect(await seeing(refused, () => 'absent')).toEqual([nurse, auditor]);
  });

  test.each(['registry:EnrolActor', 'registry:RevokeActor'])(
    'by which a patient is an actor, %s, is who may know the patient',
    async (type) => {
      const changed = record(type, ROOT, { changed: ['actor patient-1'] });
      expect(await seeing(changed)).toEqual([nurse, auditor]);
      const reasons = [{ code: 'FOREIGN_ACTOR', subject: 'actor patient-1' }];
      expect(await seeing(record(type, ROOT, { reasons }))).toEqual([nurse, auditor]);
      const staff = record(type, ROOT, { changed: ['actor hospital.nurse'] });
      expect(await seeing(staff)).toEqual([nurse, operator, auditor]);
    },
  );

  test('by which a patient took other keys is the patient and who may know them', async () => {
    const rotated = record('registry:RotateKeys', ROOT, { actor: 'patient-1' });
    expect(await seeing(rotated)).toEqual([nurse, auditor, patient]);
  });

  test('of a consent is the patient, their hospital and auditors', async () => {
    const given = record('consent:GiveConsent', { kind: 'patient', id: 'patient-1' });
    expect(await seeing(given)).toEqual([nurse, auditor, patient]);
  });

  test('that one patient reported of another’s therapy is the one who had it as a receipt, too', async () => {
    const reported = record('care:VerifyBedside', THERAPY, { actor: 'patient-2' });
    expect(await seeing(reported)).toEqual([nurse, operator, auditor, patient, other]);
  });

  test('is nobody whom the ledger tells nothing, but for a patient’s own', async () => {
    for (const scope of [ROOT, { kind: 'patient', id: 'patient-1' } as const]) {
      const any = record('registry:RotateKeys', scope, { actor: 'patient-1' });
      expect(await seeing(any, () => 'withheld')).toEqual([patient]);
    }
  });
});
