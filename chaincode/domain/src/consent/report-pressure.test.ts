import { describe, expect, test } from '@jest/globals';
import { actor, COI, command, context, NOW, therapy } from '../example.fixture.js';
import { type Circle, circleOfTherapy } from '../sight/learners.js';
import { type RecordTold, sightOfRecord } from '../sight/records.js';
import { sightOfAnnex, sightOfNoun } from '../sight/things.js';
import { decideReportPressure, type PressureState, reportPressure } from './report-pressure.js';

const patient = actor('patient-1', 'HospitalMSP', 'patient');
const said = { pressureReport: 'pressed-1' };
const report = (state: Partial<PressureState> = {}, body: object = {}) =>
  decideReportPressure(
    { therapy: undefined, existing: undefined, ...state },
    { ...command(patient.id, { ...said, ...body }), annex: { pressure: 'words' } },
    context(patient),
  );

describe('a patient who felt pressed', () => {
  test('is heard, and what they agreed to stays as it is', () => {
    expect(report({}, { coi: COI, purpose: 'RESEARCH' }).changes).toMatchObject([
      {
        ...{ noun: 'pressure-report', patient: patient.id, id: 'pressed-1', coi: COI },
        ...{ purpose: 'RESEARCH', reported: { actor: patient.id }, commitment: 'words' },
      },
    ]);
    const [existing] = report().changes;
    if (existing?.noun !== 'pressure-report') throw new Error('nothing was written');
    expect(existing).not.toHaveProperty('coi');
    expect(report({ existing }).changes).toEqual([]);
  });

  test('says so of their own therapy, or before there is one', () => {
    expect(reportPressure.scope({ ...said, coi: COI }, patient.id)).toEqual({
      ...{ kind: 'therapy', id: COI },
    });
    expect(reportPressure.scope(said, patient.id)).toEqual({ kind: 'patient', id: patient.id });
  });
});

describe('what a patient felt pressed by', () => {
  const ofTherapy = circleOfTherapy(therapy(), NOW);
  const ofPatient: Circle = { kind: 'patient', id: patient.id, organisation: 'HospitalMSP' };
  const scope = { kind: 'therapy', id: COI } as const;
  const record: RecordTold = {
    ...{ type: 'consent:ReportPressure', actor: patient.id, organisation: 'HospitalMSP' },
    ...{ scope, decision: 'recorded', changed: [], reasons: [] },
  };
  const told = (role: string, organisation: string, id = 'somebody') => {
    const viewer = { id, organisation, roles: [role] };
    return [ofTherapy, ofPatient].flatMap((circle) => [
      sightOfRecord(viewer, record, circle),
      sightOfAnnex(viewer, circle, record.type),
      sightOfNoun(viewer, 'pressure-report', circle),
    ]);
  };

  test('is told to no one of the team, whoever asks', () => {
    for (const role of ['nurse', 'clinician', 'coordinator', 'quality', 'registrar', 'courier'])
      expect(new Set(told(role, 'HospitalMSP'))).toEqual(new Set(['nothing']));
  });

  test('is told to the safety officers of the parties, and before there is a therapy to the hospital’s', () => {
    expect(new Set(told('safety-officer', 'HospitalMSP'))).toEqual(new Set(['whole']));
    const [first] = therapy().parties.filter((each) => each !== 'HospitalMSP');
    expect(told('safety-officer', first ?? '')).toEqual([
      ...['whole', 'whole', 'whole'],
      ...['nothing', 'nothing', 'nothing'],
    ]);
    expect(new Set(told('safety-officer', 'OtherMSP'))).toEqual(new Set(['nothing']));
  });

  test('is told to the patient, and to no other', () => {
    expect(new Set(told('patient', 'HospitalMSP', patient.id))).toEqual(new Set(['whole']));
    expect(new Set(told('patient', 'HospitalMSP', 'patient-2'))).toEqual(new Set(['nothing']));
  });
});
