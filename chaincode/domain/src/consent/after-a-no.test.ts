import { expect, test } from '@jest/globals';
import { actor, command, consent, context, NOW, signed } from '../example.fixture.js';
import type { Consent } from '../nouns/consent.js';
import { addMinutes } from '../values/time.js';
import { changesByNo } from './say-no.js';
import { decideTakeBackNo, takeBackNo } from './take-back-no.js';

const patient = actor('patient-1', 'HospitalMSP', 'patient');
const nurses = ['hospital.nurse', 'hospital.nurse-2'].map((id) =>
  actor(id, 'HospitalMSP', 'nurse'),
);
const purpose = 'TREATMENT_MANUFACTURE' as const;
const decided = signed(patient.id);
const withdrawn = consent('withdrawn', { decided, ended: decided });
const takeBack = (ofPurpose: readonly Consent[], nurse: 0 | 1) => {
  const [by = patient] = nurses.slice(nurse);
  const body = takeBackNo.body.parse({ patient: patient.id, purpose, consent: withdrawn.id });
  const at = addMinutes(NOW, nurse);
  return decideTakeBackNo(
    { patient, therapy: undefined, ofPurpose },
    command(by.id, body, { at }),
    context(by, { person: by.id, transactionTime: at }),
  );
};
const changes = (decision: ReturnType<typeof takeBack>): readonly Consent[] =>
  decision.decision === 'permitted'
    ? decision.changes.filter((each) => each.noun === 'consent')
    : [];
const no = (rest: object = {}) =>
  ({ patient: patient.id, purpose, to: 'refused', signed: signed(patient.id), ...rest }) as const;
const merged = (before: readonly Consent[], after: readonly Consent[]) => [
  ...before.filter(({ id }) => !after.some((each) => each.id === id)),
  ...after,
];

test('what one of two staff said before a no is said no more, and the second begins anew', () => {
  const half = changes(takeBack([withdrawn], 0));
  expect(half[0]).toHaveProperty('half');
  expect(changes(takeBack(half, 1)).map(({ state }) => state)).toEqual(['withdrawn', 'given']);
  for (const again of [no(), no({ consent: withdrawn.id })]) {
    const after = merged(half, changesByNo({ consents: half }, again));
    expect(changes(takeBack(after, 1)).map(({ state }) => state)).toEqual(['withdrawn']);
  }
});

test('a no of the patient counts beside that of their proxy, and is said once', () => {
  const byProxy = consent('refused', { ended: { ...decided, proxy: 'mother' } });
  const own = changesByNo({ consents: [byProxy] }, no({ consent: byProxy.id }));
  expect(own).toMatchObject([{ state: 'refused', scope: {} }]);
  expect(own[0]?.ended).not.toHaveProperty('proxy');
  expect(
    changesByNo({ consents: [byProxy] }, no({ consent: byProxy.id, proxy: 'mother' })),
  ).toEqual([]);
  expect(changesByNo({ consents: [withdrawn] }, no({ consent: withdrawn.id }))).toEqual([]);
});

test('a no that was taken back is not taken back once more', () => {
  const given = consent('given', { id: 'R1', takesBack: [withdrawn.id] });
  const decision = takeBack([withdrawn, given], 0);
  expect(decision).toMatchObject({ decision: 'refused', reasons: [{ code: 'CONSENT_NOT_OPEN' }] });
});
