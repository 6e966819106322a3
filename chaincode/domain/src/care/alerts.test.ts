import { describe, expect, test } from '@jest/globals';
import { givenDose, RECALL, signedLater, statedAlert } from '../alerts/given.fixture.js';
import { actor, COI, command, context, item, therapy } from '../example.fixture.js';
import { lacking, SHIPPED } from '../graph/honest-therapy.fixture.js';
import type { Actor } from '../nouns/actor.js';
import type { Alert } from '../nouns/alert.js';
import { addMinutes } from '../values/time.js';
import type { AlertState } from './about-alert.js';
import { decideAcknowledgeAlert } from './acknowledge-alert.js';
import { decideRecordPatientTold } from './record-patient-told.js';
import { decideReportOverdueAlert } from './report-overdue-alert.js';

const physician = actor('hospital.physician', 'HospitalMSP', 'clinician');
const deputy = actor('hospital.deputy', 'HospitalMSP', 'clinician');
const safetyOfficer = actor('manufacturer.safety-officer', 'ManufacturerMSP', 'safety-officer');
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');

const body = { coi: COI, alert: 'A1' };
const after = (minutes: number) => addMinutes(RECALL.time, minutes);
const acknowledged = { ...signedLater('x', 61), as: 'physician' as const, overdueMinutes: 0 };

describe('an alert is acknowledged', () => {
  function acknowledge(
    by: Actor,
    minutes: number,
    { alert = statedAlert(), dose = givenDose() } = {},
    noAlert = false,
  ) {
    return decideAcknowledgeAlert(
      { alert: noAlert ? undefined : alert, dose, definition: SHIPPED },
      command(by.id, body, { at: after(minutes) }),
      context(by, { transactionTime: after(minutes) }),
    );
  }
  const codes = (decision: ReturnType<typeof acknowledge>) =>
    decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

  test.each([
    ['by the physician who authorised the dose', physician, 5, 'physician', 0],
    ['by another one in their place', deputy, 5, 'deputy', 0],
    ['late', physician, 100, 'physician', 70],
    ['by a safety officer when nobody else did', safetyOfficer, 60, 'safety-officer', 30],
  ] as const)('%s', (_name, by, minutes, as, overdueMinutes) => {
    expect(acknowledge(by, minutes)).toMatchObject({
      decision: 'permitted',
      changes: [{ noun: 'alert', acknowledged: { actor: by.id, as, overdueMinutes } }],
    });
  });

  test('by no safety officer before the time of physician and deputy is over', () => {
    expect(codes(acknowledge(safetyOfficer, 59))).toEqual(['NOT_YET_ASKED']);
  });

  test('by each clinician as the physician where nobody authorised the dose', () => {
    const dose = lacking(givenDose(), 'authorised');
    expect(acknowledge(deputy, 5, { dose })).toMatchObject({
      changes: [{ acknowledged: { as: 'physician' } }],
    });
  });

  test('once, and not before it is stated', () => {
    const alert = statedAlert({ acknowledged });
    expect(codes(acknowledge(deputy, 5, { alert }))).toEqual(['ALREADY_ACKNOWLEDGED']);
    expect(codes(acknowledge(physician, 5, {}, true))).toEqual(['UNKNOWN_ALERT']);
  });
});

const known = (alert: Alert | undefined): AlertState => ({
  therapy: therapy(),
  definition: SHIPPED,
  alert,
  item: item(),
});

describe('a report that an alert is overdue', () => {
  const report = (minutes: number, alert: Alert | undefined = statedAlert()) =>
    decideReportOverdueAlert(
      known(alert),
      command(nurse.id, body, { at: after(minutes) }),
      context(nurse, { transactionTime: after(minutes) }),
    );

  test('says whose turn it is, and how late it is', () => {
    expect(report(45)).toMatchObject({
      effect: 'taken',
      deviations: [],
      changes: [{ overdue: [{ actor: 'hospital.nurse', asked: 'deputy', overdueMinutes: 15 }] }],
    });
  });

  test('says nothing before it is, nor once it is acknowledged', () => {
    expect(report(29)).toMatchObject({ effect: 'none', changes: [] });
    expect(report(45, statedAlert({ acknowledged }))).toMatchObject({ effect: 'none' });
  });
});

describe('that the patient was told', () => {
  const tell = (
    alert: Alert | undefined,
    rest: { readonly at?: string; readonly late?: boolean } = {},
  ) =>
    decideRecordPatientTold(
      known(alert),
      command(physician.id, body, { at: rest.at ?? after(90) }),
      context(physician, { transactionTime: after(90), late: rest.late ?? false }),
    );

  test('is recorded with when', () => {
    expect(tell(statedAlert(), { at: after(80) })).toMatchObject({
      effect: 'taken',
      changes: [{ noun: 'alert', patientTold: [{ actor: physician.id, at: after(80) }] }],
    });
  });

  test('is told again without effect, and of another time besides', () => {
    const patientTold = [signedLater(physician.id, 150)];
    const told = statedAlert({ patientTold });
    expect(tell(told, { at: after(90) })).toMatchObject({ effect: 'none' });
    expect(tell(told, { at: after(80) })).toMatchObject({
      changes: [{ patientTold: [...patientTold, { at: after(80) }] }],
    });
  });

  test('stops only what was given when it is entered late without a reason', () => {
    expect(tell(statedAlert(), { late: true }).deviations).toMatchObject([
      { code: 'LATE_ENTRY', subjects: [{ ref: { kind: 'item' } }] },
    ]);
  });

  test('of an alert that nobody stated deviates', () => {
    const { deviations, changes } = tell(undefined);
    expect(deviations.map(({ code }) => code)).toEqual(['UNKNOWN_ALERT']);
    expect(changes).toEqual(deviations);
  });
});
