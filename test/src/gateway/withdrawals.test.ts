import {
  enrolCast,
  enrolPatient,
  type Cast,
  HttpSubmitter,
  openForBusiness,
  type Person,
  reenrol,
  registrarOf,
  revokePatient,
  send,
  signMessage,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateActorKeys } from '@veinledger/client/node';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

const no = { type: 'consent:WithdrawConsent', body: { purpose: 'RESEARCH' } };
const PER_MINUTE = 30;

let bench: GatewayBench;
let submitter: HttpSubmitter;
let cast: Cast;
let patient: Person;
let renewed: Person;

const staff = () => ({
  registrar: registrarOf(bench.consortium, 'HospitalMSP'),
  clinician: cast.clinician,
});
const signedBy = async (person: Pick<Person, 'id' | 'keys'>, message = no) =>
  (await signMessage(submitter.network, person, message)).jws;

async function handIn(jws: string) {
  const response = await fetch(`${bench.gateway.url}/v1/withdrawals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jws }),
  });
  return { status: response.status, answer: (await response.json()) as Record<string, unknown> };
}

beforeAll(async () => {
  bench = await gatewayBench({ rateLimit: { perMinute: PER_MINUTE, burst: PER_MINUTE } });
  const { network } = bench.consortium.root;
  submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
  renewed = (await reenrol(submitter, patient, staff())).patient;
  await revokePatient(submitter, renewed, staff(), { reason: 'key-lost' });
});
afterAll(() => bench.close());

describe('a patient without a token', () => {
  test('says no by the key that was revoked, and by the one before it', async () => {
    const withToken = send(submitter, renewed, no);
    await expect(withToken).rejects.toThrow('ACTOR_REVOKED');
    for (const key of [renewed, patient]) {
      const said = await handIn(await signedBy(key));
      expect(said).toMatchObject({ status: 201, answer: { decision: 'recorded' } });
    }
    const consents = await submitter.read(cast.clinician, `/v1/patients/${patient.id}/consents`);
    const withdrawn = { purpose: 'RESEARCH', state: 'withdrawn' };
    expect(consents).toMatchObject({ items: [withdrawn, withdrawn] });
  });

  test('that says the same once more is answered by the first receipt', async () => {
    const jws = await signedBy(renewed);
    const first = await handIn(jws);
    const again = await handIn(jws);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.answer).toEqual(first.answer);
  });

  test('says nothing else there', async () => {
    const yes = { type: 'consent:GiveConsent', body: { purpose: 'RESEARCH' } };
    expect(await handIn(await signedBy(renewed, yes))).toMatchObject({
      ...{ status: 403, answer: { code: 'NOT_A_WITHDRAWAL', found: yes.type } },
    });
  });

  test('is nobody by another’s key, and nobody learns from that who is enrolled', async () => {
    const { keys } = cast.nurse;
    const height = await bench.ledger.height();
    const told = await handIn(await signedBy({ id: patient.id, keys }));
    expect(told).toMatchObject({ status: 403, answer: { code: 'SIGNATURE_INVALID' } });
    const ofNobody = await handIn(await signedBy({ id: 'nobody', keys: generateActorKeys() }));
    const { instance } = told.answer;
    expect({ ...ofNobody.answer, instance }).toEqual(told.answer);
    expect(await bench.ledger.height()).toBe(height);
  });

  test('waits where too much was handed in from one address, and others’ requests do not count', async () => {
    const codes: unknown[] = [];
    for (let asked = 0; asked <= PER_MINUTE; asked += 1)
      codes.push((await handIn('{}')).answer['code']);
    expect(codes.at(-1)).toBe('RATE_LIMITED');
    const stranger = await fetch(`${bench.gateway.url}/v1/openapi.json`);
    expect(stranger.status).toBe(200);
  });
});
