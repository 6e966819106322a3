import { describe, expect, test } from '@jest/globals';
import { VeinledgerError } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import { clinician } from '../gateway.fixture.js';
import type { Courses } from './course-index.js';
import { COI, OTHER_COI } from '../reads/trace.fixture.js';
import { TurnaroundReader } from './turnaround-reader.js';

const ORDERED = '2026-11-01T08:00:00.000Z';
const COMMAND = 'c'.repeat(43);
const course = {
  of: 'therapy' as const,
  coi: COI,
  patient: 'patient-1',
  parties: ['HospitalMSP', 'LabMSP'],
  process: { id: 'example', version: '1.0' },
  ordered: ORDERED,
  halted: false,
  attestations: [
    {
      ...{ type: 'manufacturing:ReportStep', command: COMMAND, at: '2026-11-02T08:00:00.000Z' },
      ...{ organisation: 'LabMSP', step: 'extraction', kinds: [] },
    },
  ],
};
const lists = { needs: [], inputs: [], outputs: [] };
const COURSES: Courses = {
  therapies: [
    course,
    { ...course, coi: OTHER_COI, patient: 'patient-2', parties: ['HospitalMSP'], attestations: [] },
  ],
  processes: [
    {
      of: 'process',
      id: 'example',
      version: '1.0',
      steps: [
        {
          id: 'extraction',
          roles: ['lab'],
          attestedBy: 'manufacturing:ReportStep',
          ...lists,
          targetDay: 5,
        },
      ],
    },
  ],
  members: [{ of: 'organisation', id: 'LabMSP', grantable: ['lab'] }],
};

const reader = new TurnaroundReader(
  { courses: () => Promise.resolve(COURSES) },
  {
    requireMember: () => Promise.resolve(),
    therapy: () => Promise.reject(new VeinledgerError('UNKNOWN_COI', 'none', {})),
  },
);
const caller = (id: string, organisation: string, ...roles: Caller['roles']): Caller => ({
  ...{ id, organisation, roles },
  keys: clinician.keys.public,
});

const countFor = async (asking: Caller) => (await reader.turnaround(asking)).therapies;

describe('the turnaround that a caller is told', () => {
  test('is of the therapies of which they are told steps: a party’s, a patient’s own, an auditor’s all', async () => {
    expect(await countFor(caller('hospital.nurse', 'HospitalMSP', 'nurse'))).toBe(2);
    expect(await countFor(caller('lab.technician', 'LabMSP', 'lab'))).toBe(1);
    expect(await countFor(caller('patient-2', 'HospitalMSP', 'patient'))).toBe(1);
    expect(await countFor(caller('regulator.auditor', 'RegulatorMSP', 'auditor'))).toBe(2);
  });

  test('is of none for couriers, payers and registrars, and for who is no party', async () => {
    for (const role of ['courier', 'payer', 'registrar'] as const)
      expect(await countFor(caller('hospital.x', 'HospitalMSP', role))).toBe(0);
    expect(await countFor(caller('other.nurse', 'OtherMSP', 'nurse'))).toBe(0);
  });

  test('tells by step and organisation, and of no therapy which', async () => {
    const told = await reader.turnaround(caller('regulator.auditor', 'RegulatorMSP', 'auditor'));
    expect(told.steps).toMatchObject([
      { step: 'extraction', organisation: 'LabMSP', onTime: 1, medianDays: 1 },
    ]);
    expect(JSON.stringify(told)).not.toMatch(new RegExp(`${COI}|patient-`, 'u'));
  });

  test('of one therapy is refused where the therapy is not told', async () => {
    const nurse = caller('other.nurse', 'OtherMSP', 'nurse');
    await expect(reader.therapy(nurse, COI)).rejects.toThrow('UNKNOWN_COI');
  });

  test('is released without the few', async () => {
    const told = await reader.release(caller('regulator.auditor', 'RegulatorMSP', 'auditor'));
    expect(told).toEqual({ smallestCell: 5, cells: [] });
  });
});
