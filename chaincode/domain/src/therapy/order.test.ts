import { describe, expect, test } from '@jest/globals';
import {
  actor,
  COI,
  command,
  consent,
  context,
  definition,
  DIGEST,
  NOW,
  step,
  therapy,
} from '../example.fixture.js';
import type { Organisation } from '../nouns/organisation.js';
import { decideOrder, orderTherapy, type OrderState } from './order.js';
import { refuseOutsiders } from '../commands/party.js';

const clinician = actor('hospital.clinician', 'HospitalMSP', 'clinician');
const patient = actor('patient-1', 'HospitalMSP', 'patient');
const member = (id: string, country = 'DE'): Organisation => ({
  noun: 'organisation',
  id,
  country,
  grantable: [],
  registrars: ['registrar'],
  standing: 'active',
});
const enrolment = step('enrolment', {
  attestedBy: 'therapy:OrderTherapy',
  gate: 'H1',
  consents: ['TREATMENT_MANUFACTURE'],
});
const LINE = { dose: 1, day: 50, site: '4012345000016', depot: '4012345000023', slot: 'slot-1' };
const state: OrderState = {
  existing: undefined,
  process: {
    noun: 'process',
    id: 'example',
    version: '1.0',
    hash: DIGEST,
    definition: definition([enrolment]),
    publishedBy: 'a',
    at: NOW,
  },
  patient,
  parties: [member('HospitalMSP'), member('LabMSP')],
  consents: [consent('given')],
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
  test('assigns the chain of identity', () => {
    const decision = order();
    expect(decision).toMatchObject({
      decision: 'permitted',
      changes: [
        { noun: 'therapy', coi: COI, patient: patient.id, ordered: { actor: clinician.id } },
      ],
    });
  });

  const revocation = { at: NOW, by: 'registrar', reason: 'key-lost' };
  const abroad = [member('HospitalMSP'), member('LabMSP', 'US')];
  const crossBorder = (geography: string[]) =>
    consent('given', { purpose: 'CROSS_BORDER', id: 'c-2', scope: { geography } });

  test.each<[string, Partial<OrderState>, object, string]>([
    ['whose identity is taken', { existing: therapy() }, {}, 'COI_TAKEN'],
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
    ['that leaves the orderer out', {}, { parties: ['LabMSP'] }, 'ORDERER_NOT_A_PARTY'],
    [
      'with a party that is no member',
      { parties: [member('HospitalMSP'), undefined] },
      {},
      'UNKNOWN_PARTY',
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

  test('with a party abroad is permitted where the patient consented to that country', () => {
    const consents = [consent('given'), crossBorder(['US'])];
    expect(codes(order({ parties: abroad, consents }))).toEqual(['permitted']);
  });
});

describe('a permission in a therapy', () => {
  const yes = { decision: 'permitted', changes: [] } as const;
  const no = { decision: 'refused', reasons: [{ code: 'NOT_FIT' }] } as const;
  const ask = (by: typeof clinician, decision: typeof yes | typeof no) =>
    refuseOutsiders(therapy(), context(by), decision);

  test('stands as it was decided for its parties and its patient', () => {
    expect(ask(clinician, yes)).toEqual(yes);
    expect(ask(clinician, no)).toEqual(no);
    expect(ask(actor('patient-1', 'PayerMSP', 'patient'), yes)).toEqual(yes);
  });

  test('is refused to everybody else, who learns neither its parties nor how it stands', () => {
    const outsider = actor('payer.clerk', 'PayerMSP', 'payer');
    const subject = `therapy ${therapy().coi}`;
    const reason = { code: 'NOT_A_PARTY', subject, expected: 'a party', found: 'PayerMSP' };
    const refused = { decision: 'refused', reasons: [reason] };
    expect([ask(outsider, yes), ask(outsider, no)]).toEqual([refused, refused]);
  });
});
