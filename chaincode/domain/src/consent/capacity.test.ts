import { describe, expect, test } from '@jest/globals';
import { without } from '../annulling/without.js';
import {
  actor,
  COI,
  command,
  consent,
  context,
  DIGEST,
  NOW,
  signed,
  therapy,
} from '../example.fixture.js';
import type { Capacity } from '../nouns/capacity.js';
import type { Proxy } from '../nouns/proxy.js';
import type { Entity } from '../nouns/registry.js';
import { addMinutes } from '../values/time.js';
import { reasonsOfCapacity } from './capacity.js';
import type { CareState } from './care.js';
import { decideContinue } from './continue.js';
import { decideGiveConsent } from './give.js';
import { signaturesIn } from './outside.js';
import { decideRecordConsent } from './record.js';
import { decideRenewConsent } from './renew.js';
import { decideSettleCapacity, onlyPhysicianOrProxy, settleCapacity } from './settle-capacity.js';
import { decideTakeBackNo } from './take-back-no.js';

const patient = actor('patient-1', 'HospitalMSP', 'patient');
const physician = actor('hospital.physician', 'HospitalMSP', 'clinician');
const nurse = actor('hospital.nurse', 'HospitalMSP', 'nurse');
const signer = { ...actor('proxy-1', 'HospitalMSP', 'proxy'), patient: patient.id };
const mother: Proxy = {
  ...{ noun: 'proxy', patient: patient.id, id: 'mother', relationship: 'parent' },
  ...{ actor: signer.id, authority: DIGEST, enrolled: signed(nurse.id) },
};
const by = (who: typeof nurse) => context(who, { person: who.id });
const body = settleCapacity.body.parse({
  ...{ patient: patient.id, capacity: 'capacity-1', coi: COI },
  ...{ proxy: 'mother', finding: 'not-able' },
});
const settle = (
  who: typeof nurse,
  before?: Capacity,
  rest: { proxy?: Proxy | undefined; said?: object; signed?: readonly Entity[] } = {},
) =>
  decideSettleCapacity(
    { patient, therapy: therapy(), proxy: mother, before, signed: [therapy()], ...rest },
    command(who.id, { ...body, ...rest.said }),
    by(who),
  );
const written = (decided: ReturnType<typeof settle>) => {
  const [change] = decided.decision === 'permitted' ? decided.changes : [];
  if (change?.noun !== 'capacity') throw new Error('nothing was written of capacity');
  return change;
};
const refused = (code: string) => ({ decision: 'refused', reasons: [{ code }] });

describe('whether a patient is able to decide', () => {
  const half = written(settle(physician));

  test('is settled by a physician and the patient’s proxy, or a nurse who heard them, in the same words', () => {
    expect(half.settled).toBeUndefined();
    for (const other of [signer, nurse]) {
      expect(written(settle(other, half))).toMatchObject({
        finding: 'not-able',
        settled: { physician: { actor: physician.id }, beside: { actor: other.id } },
      });
    }
    expect(settle(signer, half, { said: { finding: 'able' } })).toMatchObject(
      refused('OTHER_REQUEST'),
    );
    expect(settle(nurse)).toMatchObject(refused('NOT_ASKED_TO_SIGN'));
    const second = actor('hospital.second', 'HospitalMSP', 'clinician');
    expect(settle(second, half)).toMatchObject(refused('NOT_ASKED_TO_SIGN'));
    expect(settle(signer, written(settle(signer, half)))).toMatchObject(
      refused('IDENTIFIER_TAKEN'),
    );
  });

  test('is settled with nobody whose authority ended, or is in doubt', () => {
    const ended = { ...mother, ended: { ...signed(nurse.id), commitment: DIGEST } };
    const doubted = { ...mother, doubted: signed(nurse.id) };
    expect(settle(nurse, half, { proxy: ended })).toMatchObject(refused('PROXY_ENDED'));
    expect(settle(nurse, half, { proxy: doubted })).toMatchObject(refused('PROXY_NOT_CONFIRMED'));
    expect(settle(nurse, half, { proxy: undefined })).toMatchObject(refused('UNKNOWN_PROXY'));
  });

  test('is settled by no physician who signed anything of the therapy, or of what the patient said', () => {
    const asked = consent('requested', { requested: signed(physician.id) });
    expect(settle(physician, undefined, { signed: [asked] })).toMatchObject(refused('TAKES_PART'));
    const deep = { list: [{ by: { ...signed('deep'), roles: [] } }], other: null };
    expect(signaturesIn(deep)).toMatchObject([{ actor: 'deep' }]);
  });

  test('is the word of who cares for the patient, and of that proxy', () => {
    const state = { patient, therapy: therapy(), proxy: mother };
    const stranger = actor('other.physician', 'OtherMSP', 'clinician');
    const said = command(physician.id, body);
    const codes = (who: typeof nurse, on: Parameters<typeof onlyPhysicianOrProxy>[0] = state) =>
      onlyPhysicianOrProxy(on, said, by(who)).map(({ code }) => code);
    expect([codes(physician), codes(signer)]).toEqual([[], []]);
    expect(codes(stranger)).toEqual(['NOT_THE_PATIENTS_HOSPITAL']);
    expect(codes({ ...signer, id: 'proxy-2' })).toEqual(['NOT_A_PROXY']);
    expect(codes(signer, { ...state, proxy: undefined })).toEqual(['NOT_A_PROXY']);
    const foreign = { ...state, therapy: therapy({ patient: 'patient-2' }) };
    expect(codes(physician, foreign)).toEqual(['NOT_THE_PATIENTS_HOSPITAL']);
    expect(codes(physician, { ...state, therapy: undefined })).toEqual([
      'NOT_THE_PATIENTS_HOSPITAL',
    ]);
  });
});

describe('a patient who was found not able', () => {
  const found = (finding: 'able' | 'not-able', time = NOW): Capacity => ({
    ...{ noun: 'capacity', patient: patient.id, id: finding, coi: COI, proxy: 'mother', finding },
    settled: { physician: signed(physician.id), beside: { ...signed(nurse.id), time } },
  });
  const notAble = [found('not-able')];

  test('is so until it is settled that they are, and by nobody alone', () => {
    const codes = (...all: readonly Capacity[]) => reasonsOfCapacity(all).map(({ code }) => code);
    expect(codes(...notAble)).toEqual(['PATIENT_NOT_ABLE']);
    expect(codes(...notAble, found('able', addMinutes(NOW, 1)))).toEqual([]);
    expect(codes(found('able', addMinutes(NOW, -1)), ...notAble)).toEqual(['PATIENT_NOT_ABLE']);
    expect(codes(without(found('not-able'), 'settled'))).toEqual([]);
    expect(codes()).toEqual([]);
  });

  test('agrees to nothing by themselves, by whatever route, and their proxy does', () => {
    const purpose = 'TREATMENT_MANUFACTURE' as const;
    const form = { id: 'information', version: '1.0', language: 'de-DE', digest: DIGEST };
    const care = (...ofPurpose: CareState['ofPurpose']): CareState => {
      return { patient, therapy: undefined, proxy: mother, capacities: notAble, ofPurpose };
    };
    const decided = signed(patient.id);
    const of = { patient: patient.id, purpose, consent: 'consent-1' };
    const answer = {
      ...{ purpose, consent: 'consent-1', formDigest: DIGEST, renderedCommitment: DIGEST },
      clauses: [{ clause: 'purpose', agreed: true }],
    };
    const asked = consent('requested', { form });
    const over = consent('given', { form, decided, scope: { validUntil: NOW } });
    const no = consent('withdrawn', { form, decided, ended: decided });
    const recorded = { ...answer, patient: patient.id, route: 'verbal' as const };
    const all = [
      decideGiveConsent(
        { ofPurpose: [asked], capacities: notAble },
        command(patient.id, answer),
        context(patient),
      ),
      decideRenewConsent(
        { consents: [over], capacities: notAble },
        command(patient.id, {
          ...{ purpose, consent: 'consent-1', formDigest: DIGEST, renderedCommitment: DIGEST },
          validUntil: addMinutes(NOW, 60),
        }),
        context(patient),
      ),
      decideRecordConsent(care(asked), command(nurse.id, recorded), by(nurse)),
      decideTakeBackNo(care(no), command(nurse.id, of), by(nurse)),
      decideContinue({ ...care(over), weighed: [over] }, command(nurse.id, of), by(nurse)),
    ];
    expect(all).toMatchObject(all.map(() => refused('PATIENT_NOT_ABLE')));
    const byProxy = command(nurse.id, { ...recorded, proxy: 'mother' });
    expect(decideRecordConsent(care(asked), byProxy, by(nurse))).toMatchObject({
      decision: 'permitted',
    });
  });
});
