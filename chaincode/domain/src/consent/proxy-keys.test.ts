import { describe, expect, test } from '@jest/globals';
import { without } from '../annulling/without.js';
import { actor, command, consent, context, DIGEST, NOW, signed } from '../example.fixture.js';
import type { Consent } from '../nouns/consent.js';
import type { Proxy } from '../nouns/proxy.js';
import { agreeAsProxy, decideAgreeAsProxy } from './agree-as-proxy.js';
import type { CareState } from './care.js';
import { decideEnrolProxy } from './enrol-proxy.js';
import { isSelf, onlySelf } from './proxies.js';
import { decideRecordConsent } from './record.js';
import { decideRecordNo } from './record-no.js';
import { decideRefuseAsProxy } from './refuse-as-proxy.js';
import { decideWithdrawConsent } from './withdraw.js';

const patient = actor('patient-1', 'HospitalMSP', 'patient');
const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const signer = { ...actor('proxy-1', 'HospitalMSP', 'proxy'), patient: patient.id };
const mother: Proxy = {
  ...{ noun: 'proxy', patient: patient.id, id: 'mother', relationship: 'parent' },
  ...{ actor: signer.id, authority: DIGEST, enrolled: signed(clinician.id) },
};
const over = { ...mother, validUntil: NOW };
const ended = { ...mother, ended: { ...signed(clinician.id), commitment: DIGEST } };
const doubted = { ...mother, doubted: signed(clinician.id) };
const purpose = 'TREATMENT_MANUFACTURE' as const;
const form = { id: 'information', version: '1.0', language: 'de-DE', digest: DIGEST };
const asked = consent('requested', { form });
const care = (proxy: Proxy | undefined, ...ofPurpose: readonly Consent[]): CareState => {
  return { patient, therapy: undefined, proxy, ofPurpose };
};
const named = { patient: patient.id, proxy: 'mother', purpose };
const answer = {
  ...{ ...named, consent: asked.id, formDigest: DIGEST, renderedCommitment: DIGEST },
  clauses: [{ clause: 'purpose', agreed: true }],
};
const agree = (proxy: Proxy | undefined, ...ofPurpose: readonly Consent[]) =>
  decideAgreeAsProxy(care(proxy, ...ofPurpose), command(signer.id, answer), context(signer));
const refuse = (proxy: Proxy | undefined, by = signer, on: Consent = consent('given')) =>
  decideRefuseAsProxy(
    care(proxy, on),
    command(by.id, { ...named, no: 'withdrawn' as const }),
    context(by),
  ).changes;

describe('who speaks in a patient’s place by their own keys', () => {
  const enrol = (as: typeof signer | undefined) =>
    decideEnrolProxy(
      { patient, existing: undefined, actor: as },
      command(clinician.id, {
        ...{ patient: patient.id, proxy: 'mother', actor: signer.id, authority: DIGEST },
        relationship: 'parent' as const,
      }),
      context(clinician),
    );

  test('is who was enrolled for that patient', () => {
    expect(enrol(signer)).toMatchObject({ changes: [{ actor: signer.id }] });
    const others = [undefined, { ...signer, patient: 'patient-2' }];
    for (const other of others)
      expect(enrol(other)).toMatchObject({ reasons: [{ code: 'NOT_A_PROXY' }] });
  });

  test('is nobody else, and nobody else’s', () => {
    expect(isSelf(mother, context(signer))).toBe(true);
    expect(isSelf(mother, context({ ...signer, id: 'proxy-2' }))).toBe(false);
    expect(isSelf(mother, context({ ...signer, patient: 'patient-2' }))).toBe(false);
    const said = command('proxy-2', answer);
    const other = context({ ...signer, id: 'proxy-2' });
    expect(onlySelf({ proxy: mother }, said, other)).toMatchObject([{ code: 'NOT_A_PROXY' }]);
    expect(onlySelf({ proxy: mother }, said, context(signer))).toEqual([]);
    expect(onlySelf({ proxy: undefined }, said, other)).toEqual([]);
    expect(agreeAsProxy.roles).toEqual(['proxy']);
  });

  test('agrees to a question, as the patient would', () => {
    expect(agree(mother, asked)).toMatchObject({
      changes: [{ id: asked.id, state: 'given', proxy: 'mother', decided: { actor: signer.id } }],
    });
    expect(agree(mother)).toMatchObject({ reasons: [{ code: 'UNKNOWN_CONSENT' }] });
    expect(agree(mother, consent('given', { form }))).toMatchObject({
      reasons: [{ code: 'CONSENT_NOT_OPEN' }],
    });
  });

  test.each([
    ['whose time is over', over, 'PROXY_ENDED'],
    ['whose authority ended', ended, 'PROXY_ENDED'],
    ['in doubt', doubted, 'PROXY_NOT_CONFIRMED'],
    ['whom nobody enrolled', undefined, 'UNKNOWN_PROXY'],
  ])('agrees to nothing as one %s', (_name, proxy, code) => {
    expect(agree(proxy, asked)).toMatchObject({ decision: 'refused', reasons: [{ code }] });
  });

  test('says no, which counts at once, and of nobody who does not speak there', () => {
    expect(refuse(mother)).toMatchObject([
      { id: 'consent-1', state: 'withdrawn', ended: { proxy: 'mother', actor: signer.id } },
      { state: 'withdrawn', scope: {}, ended: { proxy: 'mother' } },
    ]);
    expect(refuse(doubted)).toHaveLength(2);
    expect([over, ended, undefined].map((each) => refuse(each).length)).toEqual([0, 0, 0]);
    expect(refuse(mother, { ...signer, id: 'proxy-2' })).toEqual([]);
  });
});

describe('a patient’s own will', () => {
  const own = decideWithdrawConsent(
    { consents: [consent('given', { id: 'before', proxy: 'mother' })] },
    command(patient.id, { purpose }),
    context(patient),
  ).changes.filter((each) => each.noun === 'consent');

  test('ranks above who speaks in their place, whoever agreed before', () => {
    expect(own).toHaveLength(2);
    expect(agree(mother, asked, ...own)).toMatchObject({
      decision: 'refused',
      reasons: [{ code: 'CONSENT_DENIED' }, { code: 'CONSENT_DENIED' }],
    });
    const recorded = decideRecordConsent(
      care(mother, asked, ...own),
      command(nurse.id, { ...answer, route: 'verbal' as const }),
      context(nurse),
    );
    expect(recorded).toMatchObject({ reasons: [{}, {}] });
  });

  test('is not what a proxy said, who takes it back by agreeing', () => {
    const byProxy = refuse(mother).filter((each) => each.noun === 'consent');
    expect(agree(mother, asked, ...byProxy)).toMatchObject({
      changes: [{ takesBack: byProxy.map(({ id }) => id) }],
    });
  });

  test('is told apart from a proxy’s no, where two staff heard either', () => {
    const said = { ...named, no: 'withdrawn' as const, route: 'verbal' as const };
    const tell = (
      by: typeof nurse,
      body: Parameters<typeof decideRecordNo>[1]['body'],
      on: readonly Consent[],
    ) =>
      decideRecordNo(
        care(mother, ...on),
        command(by.id, body),
        context(by, { person: by.id }),
      ).changes.filter((each) => each.noun === 'consent');
    const first = tell(nurse, said, [consent('given')]);
    expect(first).toMatchObject([{ ended: { proxy: 'mother' } }, { ended: { proxy: 'mother' } }]);
    const ofPatient = without(said, 'proxy');
    expect(tell(clinician, ofPatient, first)).toMatchObject([{ scope: {}, ended: {} }]);
    expect(tell(clinician, said, first)).toMatchObject([{ route: { witness: {} } }]);
  });
});
