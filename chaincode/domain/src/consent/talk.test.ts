import { describe, expect, test } from '@jest/globals';
import { actor, command, consent, context, NOW, signed } from '../example.fixture.js';
import { addMinutes } from '../values/time.js';
import { CONSENT_STATES } from '../values/words.js';
import { decideRecordTalk } from './record-talk.js';
import { reasonsOfTalk } from './talk.js';

const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const patient = actor('patient-1', 'HospitalMSP', 'patient');
const talk = signed(clinician.id);

describe('a yes that was asked for with time to think', () => {
  const codes = (rest: object, minutes = 0) =>
    reasonsOfTalk(consent('requested', rest), addMinutes(NOW, minutes)).map(({ code }) => code);

  test('waits for the talk, and so many hours after it', () => {
    expect(codes({ thinkHours: 24 })).toEqual(['TALK_MISSING']);
    expect(codes({ thinkHours: 24, talk }, 24 * 60 - 1)).toEqual(['TIME_TO_THINK']);
    expect(codes({ thinkHours: 24, talk }, 24 * 60)).toEqual([]);
    expect(codes({ thinkHours: 0, talk })).toEqual([]);
    expect(codes({})).toEqual([]);
  });
});

describe('a talk', () => {
  test('is recorded of a question that is open', () => {
    const record = (...on: readonly ReturnType<typeof consent>[]) =>
      decideRecordTalk(
        { patient, therapy: undefined, ofPurpose: on },
        command(clinician.id, {
          ...{ patient: patient.id, purpose: 'TREATMENT_MANUFACTURE' as const },
          consent: 'consent-1',
        }),
        context(clinician),
      );
    expect(record(consent('requested'))).toMatchObject({
      changes: [{ state: 'requested', talk: { actor: clinician.id } }],
    });
    const able = CONSENT_STATES.filter((state) => record(consent(state)).decision === 'permitted');
    expect(able).toEqual(['requested', 'deferred']);
    expect(record()).toMatchObject({ reasons: [{ code: 'UNKNOWN_CONSENT' }] });
  });
});
