import { describe, expect, test } from '@jest/globals';
import { without } from '../annulling/without.js';
import { endsSoonOf, WARNING_DAYS } from '../consent/ends-soon.js';
import type { WeighedConsent } from '../consent/weighed.js';
import { COI, consent, NOW, signed } from '../example.fixture.js';
import { honest } from '../graph/honest-therapy.fixture.js';
import type { Capacity } from '../nouns/capacity.js';
import type { Consent } from '../nouns/consent.js';
import type { Proxy } from '../nouns/proxy.js';
import { addMinutes } from '../values/time.js';
import { CONSENT_STATES } from '../values/words.js';
import { consentsIn } from './consents.js';
import { waitsIn } from './waits.js';
import { mattersOf, toldOf } from './next.fixture.js';

const decided = signed('patient-1');
const heard = signed('hospital.nurse');
const waits = (...consents: readonly WeighedConsent<Consent>[]) =>
  consentsIn(mattersOf(honest(), { consents }));
const days = (many: number) => addMinutes(NOW, many * 24 * 60);

describe('what one of two staff heard', () => {
  test('waits a day for the other who heard it, and for nobody who did not', () => {
    const half = { type: 'consent:TakeBackNo', words: '{}', signed: heard };
    const [wait, ...others] = waits(consent('requested', { half }));
    expect(wait).toMatchObject({
      ...{ state: 'due', code: 'WITNESS_MISSING', except: ['hospital.nurse'] },
      named: { patient: ['patient-1'], purpose: ['TREATMENT_MANUFACTURE'], consent: ['consent-1'] },
    });
    expect(others).toEqual([]);
    expect(wait && toldOf([wait])).toEqual([
      'WITNESS_MISSING: TakeBackNo by clinician/nurse of HospitalMSP',
    ]);
    const old = { ...half, signed: { ...heard, time: days(-1) } };
    expect(waits(consent('requested', { half: old }))).toEqual([]);
  });

  test('as a no waits for its witness, which a patient’s own does not', () => {
    const route = { kind: 'verbal', recorded: heard } as const;
    expect(toldOf(waits(consent('withdrawn', { route, ended: heard })))).toEqual([
      'WITNESS_MISSING: RecordNo by clinician/nurse of HospitalMSP',
    ]);
    const witnessed = { ...route, witness: signed('hospital.clinician') };
    expect(waits(consent('withdrawn', { route: witnessed }))).toEqual([]);
    expect(waits(consent('withdrawn'))).toEqual([]);
    expect(waits(consent('terminated', { route }))).toEqual([]);
  });
});

describe('a question with time to think', () => {
  test('waits for a talk with a physician of the hospital, once', () => {
    const asked = consent('requested', { requested: heard, thinkHours: 24 });
    expect(toldOf(waits(asked))).toEqual(['TALK_MISSING: RecordTalk by clinician of HospitalMSP']);
    expect(waits({ ...asked, talk: heard })).toEqual([]);
    expect(waits(consent('requested', { requested: heard }))).toEqual([]);
    expect(waits({ ...asked, state: 'refused' })).toEqual([]);
  });
});

describe('who spoke for a patient whose therapy was halted', () => {
  const proxy: Proxy = {
    ...{ noun: 'proxy', patient: 'patient-1', id: 'mother', relationship: 'parent' },
    ...{ authority: 'digest', enrolled: heard },
  };
  const ASKED = [
    'PROXY_NOT_CONFIRMED: ConfirmProxy by clinician/coordinator of HospitalMSP, or EndProxy by clinician/coordinator of HospitalMSP',
  ];

  test('is asked after by the patient’s hospital, in that therapy and in every other', () => {
    const proxies = [{ ...proxy, doubted: heard }];
    expect(toldOf(consentsIn(mattersOf(honest(), { proxies })))).toEqual(ASKED);
    const story = honest();
    const halts = [{ ...signed('hospital.clinician'), commitment: 'c' }];
    const matters = mattersOf(story, { proxies });
    const whole = { ...matters.whole, therapy: { ...matters.whole.therapy, halts } };
    expect(toldOf(waitsIn({ ...matters, whole }))).toEqual(expect.arrayContaining(ASKED));
  });

  test('is asked after no more once they are confirmed or ended', () => {
    const ended = { ...proxy, doubted: heard, ended: { ...heard, commitment: 'c' } };
    expect(consentsIn(mattersOf(honest(), { proxies: [proxy, ended] }))).toEqual([]);
  });
});

describe('what a physician said of a patient’s capacity', () => {
  const half = { type: 'consent:SettleCapacity', words: '{}', signed: heard };
  const capacity: Capacity = {
    ...{ noun: 'capacity', patient: 'patient-1', id: 'capacity-1', coi: COI, proxy: 'mother' },
    ...{ finding: 'not-able', half },
  };
  const mother: Proxy = {
    ...{ noun: 'proxy', patient: 'patient-1', id: 'mother', relationship: 'parent' },
    ...{ actor: 'proxy-1', authority: 'digest', enrolled: heard },
  };
  const told = (proxies: readonly Proxy[], of = capacity) =>
    toldOf(consentsIn(mattersOf(honest(), { proxies, capacities: [of] })));
  const NURSE = 'SettleCapacity by nurse of HospitalMSP';

  test('waits a day for the proxy, or a nurse who heard one without keys', () => {
    const heardOnly = without(mother, 'actor');
    expect(told([heardOnly])).toEqual([`WITNESS_MISSING: ${NURSE}`]);
    expect(told([mother])).toEqual([
      `WITNESS_MISSING: SettleCapacity by proxy-1 of HospitalMSP, or ${NURSE}`,
    ]);
    const old = { ...half, signed: { ...heard, time: days(-1) } };
    expect(told([mother], { ...capacity, half: old })).toEqual([]);
    expect(told([mother], without(capacity, 'half'))).toEqual([]);
  });
});

describe('what lapsed', () => {
  const PUT = [
    'CONSENT_LAPSED: ContinueDespiteLapse by clinician/nurse of HospitalMSP, or RequestConsent by clinician/nurse of HospitalMSP',
  ];
  const over = consent('given', { decided, scope: { validUntil: NOW } });

  test('is put to the patient by staff of the hospital', () => {
    expect(toldOf(waits(over))).toEqual(PUT);
    expect(waits(over)).toMatchObject([{ since: NOW }]);
    const put = CONSENT_STATES.filter((state) =>
      waits(consent(state, { decided })).some(({ code }) => code === 'CONSENT_LAPSED'),
    );
    expect(put).toEqual([
      ...['revoked', 'expired', 'terminated', 'invalidated', 'reconsent-required'],
    ]);
  });

  test('is not, where the patient never gave it, said no, gave it anew, or nothing needs it', () => {
    expect(waits(consent('expired'))).toEqual([]);
    expect(waits(over, consent('refused', { id: 'no' }))).toEqual([]);
    expect(waits(over, consent('given', { id: 'again', decided }))).toEqual([]);
    expect(waits({ ...over, purpose: 'RESEARCH' })).toEqual([]);
    const ahead = consent('given', { decided, scope: { validFrom: days(1) } });
    expect(waits(ahead)).toEqual([]);
    const other = consent('refused', { id: 'no', purpose: 'RESEARCH' });
    expect(toldOf(waits(over, other))).toEqual(PUT);
    const back = { ...over, takesBack: ['no'] };
    expect(toldOf(waits(back, consent('refused', { id: 'no' })))).toEqual(PUT);
  });
});

describe('what ends soon', () => {
  const ending = (many: number, rest: Partial<WeighedConsent> = {}) =>
    consent('given', { decided, scope: { validUntil: days(many) }, ...rest });

  test('is told sixty days ahead, of what the process needs', () => {
    expect(waits(ending(WARNING_DAYS))).toMatchObject([
      { code: 'CONSENT_ENDS', due: days(WARNING_DAYS), state: 'due' },
    ]);
    expect(toldOf(waits(ending(1)))).toEqual([
      'CONSENT_ENDS: RenewConsent by patient-1 of HospitalMSP, or RequestConsent by clinician/nurse of HospitalMSP',
    ]);
    expect(waits(ending(WARNING_DAYS + 1))).toEqual([]);
    expect(waits(ending(1, { purpose: 'RECONTACT' }))).toEqual([]);
  });

  test('is what is in force alone', () => {
    const soon = CONSENT_STATES.filter(
      (state) => endsSoonOf(consent(state, { scope: { validUntil: days(1) } }), NOW) !== undefined,
    );
    expect(soon).toEqual(['given', 'renewed']);
    expect(endsSoonOf(ending(0), NOW)).toBeUndefined();
    expect(endsSoonOf(consent('given'), NOW)).toBeUndefined();
    const usedUp = { ...ending(1), scope: { validUntil: days(1), maxUses: 1 }, used: 1 };
    expect(endsSoonOf(usedUp, NOW)).toBeUndefined();
  });
});
