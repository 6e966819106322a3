import { describe, expect, test } from '@jest/globals';
import { accessReviewDue } from '../alerts/emergency-access.js';
import { actor, COI, command, context, definition, NOW, therapy } from '../example.fixture.js';
import { honest } from '../graph/honest-therapy.fixture.js';
import { mattersOf, PARTIES } from '../next/next.fixture.js';
import { waitsIn } from '../next/waits.js';
import type { EmergencyAccess } from '../nouns/emergency-access.js';
import type { Therapy } from '../nouns/therapy.js';
import {
  decideReviewEmergencyAccess,
  reviewEmergencyAccess,
} from '../quality/review-emergency-access.js';
import { addMinutes } from '../values/time.js';
import { decideOpenEmergencyAccess, type OpenAccessState } from './open-emergency-access.js';

const HOUR = 60;
const physician = actor('elsewhere.clinician', 'ElsewhereMSP', 'clinician');
const quality = actor('manufacturer.quality', 'ManufacturerMSP', 'quality');

function open(
  state: Partial<OpenAccessState> = {},
  at = NOW,
  by = physician,
  transactionTime = NOW,
  person?: string,
) {
  const body = { coi: COI, emergencyAccess: 'access-1', reason: 'patient-cannot-tell' } as const;
  return decideOpenEmergencyAccess(
    { therapy: therapy(), definition: definition(), accesses: [], ...state },
    command(by.id, body, { at, annex: { explanation: 'E' } }),
    context(by, { transactionTime, person }),
  );
}

function changesOf(decision: ReturnType<typeof open>) {
  if (decision.decision !== 'permitted') throw new Error(JSON.stringify(decision.reasons));
  const { changes } = decision;
  const access = changes.find((each): each is EmergencyAccess => each.noun === 'emergency-access');
  if (!access) throw new Error('no emergency access was written');
  return { access, therapy: changes.find((each): each is Therapy => each.noun === 'therapy') };
}

function review(
  access: EmergencyAccess | undefined,
  finding: 'justified' | 'not-justified',
  { of = therapy(), at = NOW, by = quality, hours = {} } = {},
) {
  const body = { coi: COI, emergencyAccess: 'access-1', finding };
  return decideReviewEmergencyAccess(
    { therapy: of, definition: { ...definition(), ...hours }, access },
    command(by.id, body, { annex: { investigation: 'I' } }),
    context(by, { transactionTime: at }),
  );
}
const codesOf = (decision: ReturnType<typeof open>) =>
  decision.decision === 'refused' ? decision.reasons.map(({ code }) => code) : [];

describe('emergency access', () => {
  test('is opened to a physician of no party at once, for the process’s minutes, and says who and why', () => {
    const { access, therapy: of } = changesOf(open());
    const until = addMinutes(NOW, 24 * HOUR);
    expect(access).toMatchObject({
      ...{ id: 'access-1', organisation: 'ElsewhereMSP', reason: 'patient-cannot-tell', until },
      ...{ explanation: 'E', opened: { actor: physician.id } },
    });
    expect(of).toEqual({
      ...therapy(),
      admitted: [{ access: 'access-1', actor: physician.id, organisation: 'ElsewhereMSP', until }],
    });
    const shorter = { definition: { ...definition(), emergencyAccessMinutes: 90 } };
    expect(changesOf(open(shorter)).access.until).toBe(addMinutes(NOW, 90));
  });

  test('is never longer for what its physician says of the time, and can only be shorter', () => {
    const hours = (at: string) => changesOf(open({}, at)).access.until;
    expect(hours(addMinutes(NOW, HOUR))).toBe(addMinutes(NOW, 24 * HOUR));
    expect(hours(addMinutes(NOW, -HOUR))).toBe(addMinutes(NOW, 23 * HOUR));
  });

  test('leaves others admitted, but for those whose time is over', () => {
    const other = { actor: 'far.clinician', organisation: 'FarMSP' };
    const admitted = [
      { ...other, access: 'over', until: NOW },
      { ...other, access: 'open', until: addMinutes(NOW, 1) },
    ];
    const { therapy: of } = changesOf(open({ therapy: { ...therapy(), admitted } }));
    expect(of?.admitted?.map(({ access }) => access)).toEqual(['open', 'access-1']);
  });

  test('is refused to who is of a party and learns it anyway, and under a name that is taken', () => {
    const own = actor('hospital.clinician', 'HospitalMSP', 'clinician');
    expect(codesOf(open({}, NOW, own))).toEqual(['ALREADY_A_PARTY']);
    const { access } = changesOf(open());
    expect(codesOf(open({ accesses: [access] }))).toEqual(['IDENTIFIER_TAKEN']);
  });

  test('is one at a time for each physician, so that a review ends what it finds not justified', () => {
    const { access, therapy: of = therapy() } = changesOf(open());
    expect(codesOf(open({ therapy: of }))).toEqual(['ALREADY_ADMITTED']);
    const colleague = { ...physician, id: 'elsewhere.clinician-2' };
    expect(codesOf(open({ therapy: of }, NOW, colleague))).toEqual([]);
    const { until } = access;
    expect(codesOf(open({ therapy: of }, until, physician, until))).toEqual([]);
    const ended = changesOf(review(access, 'not-justified', { of })).therapy;
    expect(codesOf(open({ therapy: ended ?? of }))).toEqual([]);
  });

  test('is opened again at once to whose last one was not justified, under whatever name, and says so', () => {
    const { access } = changesOf(open());
    const reviewed = changesOf(review(access, 'not-justified')).access;
    const person = 'P'.repeat(43);
    const before = [
      { ...reviewed, id: 'unjustified', opened: { ...reviewed.opened, person } },
      { ...access, id: 'unreviewed' },
      { ...changesOf(review(access, 'justified')).access, id: 'justified' },
    ];
    expect(changesOf(open({ accesses: before })).access.repeats).toEqual(['unjustified']);
    const as = (id: string, known?: string) =>
      changesOf(open({ accesses: before }, NOW, { ...physician, id }, NOW, known)).access;
    expect(as('elsewhere.again', person).repeats).toEqual(['unjustified']);
    expect(as('elsewhere.clinician-2')).not.toHaveProperty('repeats');
  });

  test('that is opened again so calls the safety officer and quality without delay', () => {
    const access = { ...changesOf(open()).access, repeats: ['unjustified'] };
    const parties = PARTIES.map((each) => ({
      ...each,
      grantable: [...each.grantable, 'safety-officer' as const],
    }));
    const process = { ...definition(), escalation: { deputyMinutes: 10, managementMinutes: 20 } };
    const waits = waitsIn(mattersOf(honest(), { emergencyAccesses: [access], parties }));
    expect(waits.filter(({ noun }) => noun === 'emergency-access')).toMatchObject([
      {
        ...{ code: 'OPENED_AGAIN', since: NOW, due: addMinutes(NOW, 30), state: 'stopped' },
        options: [{ organisation: 'ManufacturerMSP', roles: ['safety-officer', 'quality'] }],
      },
    ]);
    expect(accessReviewDue(process, access)).toBe(addMinutes(NOW, 10));
    const late = changesOf(review(access, 'justified', { at: addMinutes(NOW, 31) })).access;
    expect(late.reviewed?.overdueMinutes).toBe(1);
    expect(reviewEmergencyAccess.roles).toEqual(['quality', 'safety-officer']);
  });

  test('is reviewed by quality afterwards, and by nobody who opened it', () => {
    const { access } = changesOf(open());
    const late = changesOf(review(access, 'justified', { at: addMinutes(NOW, 74 * HOUR) }));
    expect(late.access.reviewed).toMatchObject({
      ...{ finding: 'justified', investigation: 'I', overdueMinutes: 2 * HOUR },
    });
    const soon = { at: addMinutes(NOW, 2 * HOUR), hours: { accessReviewHours: 1 } };
    expect(changesOf(review(access, 'justified', soon)).access.reviewed?.overdueMinutes).toBe(HOUR);
    expect(codesOf(review(late.access, 'justified'))).toEqual(['ALREADY_REVIEWED']);
    const opener = { ...physician, organisation: 'ManufacturerMSP' };
    expect(codesOf(review(access, 'justified', { by: opener }))).toEqual(['SAME_PERSON']);
    expect(codesOf(review(undefined, 'justified'))).toEqual(['UNKNOWN_ACCESS']);
  });

  test('that was not justified ends with the review, and no other with it', () => {
    const opened = changesOf(open());
    const until = addMinutes(NOW, HOUR);
    const other = { access: 'other', actor: 'far.clinician', organisation: 'FarMSP', until };
    const of = { ...therapy(), admitted: [...(opened.therapy?.admitted ?? []), other] };
    const ended = changesOf(review(opened.access, 'not-justified', { of }));
    expect(ended.therapy?.admitted).toEqual([other]);
    expect(ended.access.reviewed?.finding).toBe('not-justified');
    expect(changesOf(review(opened.access, 'justified', { of })).therapy).toBeUndefined();
    const over = { of, at: addMinutes(NOW, 25 * HOUR) };
    expect(changesOf(review(opened.access, 'not-justified', over)).therapy).toBeUndefined();
  });

  test('waits for its review from the beginning, by quality within the process’s hours', () => {
    const { access } = changesOf(open());
    const owed = (emergencyAccesses: readonly EmergencyAccess[]) =>
      waitsIn(mattersOf(honest(), { emergencyAccesses })).filter(
        ({ noun }) => noun === 'emergency-access',
      );
    expect(owed([access])).toMatchObject([
      {
        ...{ code: 'REVIEW_OWED', subject: 'emergency-access access-1', state: 'stopped' },
        ...{ since: NOW, due: addMinutes(NOW, 72 * HOUR), except: [physician.id] },
        options: [{ act: 'quality:ReviewEmergencyAccess', organisation: 'ManufacturerMSP' }],
      },
    ]);
    expect(owed([changesOf(review(access, 'not-justified')).access])).toEqual([]);
  });
});
