import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  OTHER_COI,
  command,
  consent,
  context,
  definition,
  DIGEST,
  NOW,
  step,
  therapy,
  RECIPIENT,
} from '../example.fixture.js';
import type { ProcessVersion } from '../nouns/process.js';
import type { Organisation } from '../nouns/organisation.js';
import { decideOrder, orderTherapy, type OrderState } from './order.js';

const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const patient = actor('patient-1', 'HospitalMSP', 'patient');
const member = (
  id: string,
  country = 'DE',
  grantable: Organisation['grantable'] = ['lab', 'operator', 'quality'],
): Organisation => ({
  noun: 'organisation',
  id,
  country,
  grantable,
  registrars: ['registrar'],
  standing: 'active',
});
const hospital = member('HospitalMSP', 'DE', ['patient', 'clinician']);
const enrolment = step('enrolment', {
  roles: ['clinician'],
  attestedBy: 'therapy:OrderTherapy',
  gate: 'H1',
  consents: ['TREATMENT_MANUFACTURE'],
});
const LINE = { dose: 1, day: 50, site: '4012345000016', depot: '4012345000023', slot: 'slot-1' };
function processOf(steps: Parameters<typeof definition>[0]): ProcessVersion {
  return {
    noun: 'process',
    id: 'example',
    version: '1.0',
    hash: DIGEST,
    definition: definition(steps),
    publishedBy: 'a',
    at: NOW,
  };
}

const state: OrderState = {
  existing: undefined,
  process: processOf([enrolment]),
  patient,
  parties: [hospital, member('LabMSP')],
  consents: [consent('given')],
  recipient: RECIPIENT,
};

function order(rest: Partial<OrderState> = {}, body: object = {}) {
  const asked = orderTherapy.body.parse({
    coi: COI,
    patient: patient.id,
    process: { id: 'example', version: '1.0', hash: DIGEST },
    parties: ['HospitalMSP', 'LabMSP'],
    jurisdiction: 'DE',
    orderLines: [LINE],
    ...body,
  });
  return decideOrder({ ...state, ...rest }, command(clinician.id, asked), context(clinician));
}

const codes = (decided: ReturnType<typeof order>) =>
  decided.decision === 'refused' ? decided.reasons.map(({ code }) => code) : [decided.decision];

describe('an order', () => {
  test('assigns the chain of identity, and writes the last key of its state', () => {
    const decision = order();
    expect(decision).toMatchObject({
      decision: 'permitted',
      changes: [
        { noun: 'therapy', coi: COI, patient: patient.id, ordered: { actor: clinician.id } },
        { noun: '~end', coi: COI },
      ],
    });
  });

  const revocation = { at: NOW, by: 'registrar', reason: 'key-lost' };
  const abroad = [hospital, member('LabMSP', 'US')];
  const crossBorder = (geography: string[]) =>
    consent('given', { purpose: 'CROSS_BORDER', id: 'c-2', scope: { geography } });

  test.each<[string, Partial<OrderState>, object, string]>([
    ['whose identity is taken', { existing: therapy() }, {}, 'COI_TAKEN'],
    [
      'whose identity is an item’s number',
      { item: { noun: 'item-index', id: COI, coi: OTHER_COI } },
      {},
      'COI_TAKEN',
    ],
    [
      'where the process is not done',
      {
        process: {
          ...processOf([enrolment]),
          definition: definition([enrolment], { jurisdictions: ['GB', 'JP'] }),
        },
      },
      {},
      'JURISDICTION_NOT_COVERED',
    ],
    ['for nobody', { patient: undefined }, {}, 'NOT_A_PATIENT'],
    ['for somebody of the staff', { patient: clinician }, {}, 'NOT_A_PATIENT'],
    [
      'for a patient whose key was revoked',
      { patient: { ...patient, revocation } },
      {},
      'PATIENT_KEY_REVOKED',
    ],
    ['of one dose twice', {}, { orderLines: [LINE, { ...LINE, day: 71 }] }, 'DOSE_ORDERED_TWICE'],
    ['by a process that is not published', { process: undefined }, {}, 'PROCESS_NOT_PUBLISHED'],
    [
      'by a process that says otherwise',
      {},
      { process: { id: 'example', version: '1.0', hash: `${'B'.repeat(42)}A` } },
      'PROCESS_HASH_DIFFERS',
    ],
    ['without consent', { consents: [] }, {}, 'CONSENT_NOT_ACTIVE'],
    ['against a refusal', { consents: [consent('refused')] }, {}, 'CONSENT_DENIED'],
    ['with a party that is no member', { parties: [hospital, undefined] }, {}, 'UNKNOWN_PARTY'],
    [
      'whose maker is not known: two may be',
      { parties: [hospital, member('LabMSP'), member('OtherMSP')] },
      {},
      'QUALITY_NOT_NAMED',
    ],
    ['whose maker is not known: none may be', { parties: [hospital] }, {}, 'QUALITY_NOT_NAMED'],
    ['that names the quality of no party', {}, { quality: 'OtherMSP' }, 'QUALITY_WITHOUT_ROLE'],
    ['that names who has no quality', {}, { quality: 'HospitalMSP' }, 'QUALITY_WITHOUT_ROLE'],
    [
      'by a process with a step that no party could do',
      { process: processOf([enrolment, step('transport', { roles: ['courier'] })]) },
      {},
      'ROLE_WITHOUT_PARTY',
    ],
    [
      'by a process whose batches the named quality could not certify',
      {
        process: processOf([
          enrolment,
          step('certification', {
            roles: ['release-person'],
            attestedBy: 'manufacturing:CertifyBatch',
          }),
        ]),
      },
      { quality: 'LabMSP' },
      'QUALITY_WITHOUT_ROLE',
    ],
    ['with a party abroad', { parties: abroad }, {}, 'COUNTRY_NOT_COVERED'],
    [
      'with a party in a country that the consent leaves out',
      { parties: abroad, consents: [consent('given'), crossBorder(['CH'])] },
      {},
      'COUNTRY_NOT_COVERED',
    ],
  ])('%s is refused', (_name, rest, body, code) => {
    expect(codes(order(rest, body))).toContain(code);
  });

  test('names whose quality decides: who is named, or the only party that makes and has quality', () => {
    expect(order()).toMatchObject({
      changes: [{ quality: 'LabMSP' }, { noun: '~end', coi: COI }],
    });
    const parties = [hospital, member('LabMSP'), member('OtherMSP')];
    expect(order({ parties }, { quality: 'OtherMSP' })).toMatchObject({
      changes: [{ quality: 'OtherMSP' }, { noun: '~end' }],
    });
  });

  test('with a party abroad is permitted where the patient consented to that country', () => {
    const consents = [consent('given'), crossBorder(['US'])];
    expect(codes(order({ parties: abroad, consents }))).toEqual(['permitted']);
  });
});
