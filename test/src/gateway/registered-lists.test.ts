import { enrol, HttpSubmitter, openForBusiness, type Person, registrarOf } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Actor, isPatient } from '@veinledger/domain';
import { GatewayClient, GatewayProblem } from '@veinledger/client/node';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

let bench: GatewayBench;
let submitter: HttpSubmitter;
/** one of every role of every member, their registrars, and patients of two members */
const people: Person[] = [];

beforeAll(async () => {
  bench = await gatewayBench({}, {}, { LabMSP: ['patient', 'courier'] });
  const { network, organisations } = bench.consortium.root;
  submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  for (const { id: organisation, grantable } of organisations) {
    people.push(registrarOf(bench.consortium, organisation));
    for (const role of grantable.filter((each) => each !== 'registrar'))
      people.push(await enrolled(`${organisation.toLowerCase()}-${role}`, organisation, role));
  }
});
afterAll(() => bench.close());

function enrolled(id: string, organisation: string, role: Person['roles'][number]) {
  return enrol(submitter, bench.consortium, { id, organisation, roles: [role] });
}

const clientOf = ({ id: actor, keys }: Person) =>
  new GatewayClient({ url: bench.gateway.url, actor, keys });

/** Every actor that is listed to a person, page by page. */
async function listed(by: Person, query = '', limit = 7): Promise<Actor[]> {
  const found: Actor[] = [];
  for await (const { items } of clientOf(by).pages<Actor>(`/v1/actors${query}`, { limit }))
    found.push(...items);
  return found;
}

const idsOf = (actors: readonly Pick<Actor, 'id'>[]) => actors.map(({ id }) => id).sort();

async function mayRead(by: Person, id: string): Promise<boolean> {
  const answer = clientOf(by).read(`/v1/actors/${id}`);
  return answer.then(
    () => true,
    (error: unknown) => {
      if (error instanceof GatewayProblem && error.code === 'NOT_ENTITLED') return false;
      throw error;
    },
  );
}

describe('the list of actors', () => {
  test('holds, for every role of every member, those that may be read one by one', async () => {
    const staff = people.filter((each) => !isPatient(each));
    const patients = people.filter((each) => isPatient(each));
    expect(idsOf(patients)).toEqual(['hospitalmsp-patient', 'labmsp-patient']);
    for (const by of staff) {
      const known: Person[] = [];
      for (const patient of patients) if (await mayRead(by, patient.id)) known.push(patient);
      expect([by.id, idsOf(await listed(by))]).toEqual([by.id, idsOf([...staff, ...known])]);
    }
  });

  test('names a patient to their own hospital and auditors, never to couriers and payers', async () => {
    const names = async (by: Person) => idsOf(await listed(by, '?role=patient'));
    const registrar = (mspId: string) => names(registrarOf(bench.consortium, mspId));
    expect(await registrar('HospitalMSP')).toEqual(['hospitalmsp-patient']);
    expect(await registrar('LabMSP')).toEqual(['labmsp-patient']);
    expect(await registrar('ManufacturerMSP')).toEqual([]);
    for (const by of people) {
      if (by.roles.includes('auditor'))
        expect(await names(by)).toEqual(['hospitalmsp-patient', 'labmsp-patient']);
      if (by.roles.includes('courier') || by.roles.includes('payer') || isPatient(by))
        expect([by.id, await names(by)]).toEqual([by.id, []]);
    }
  });

  test("shows registrars their own member's staff, and who holds a role", async () => {
    const registrar = registrarOf(bench.consortium, 'CourierMSP');
    const own = await listed(registrar, '?organisation=CourierMSP');
    expect(idsOf(own)).toEqual(
      idsOf(people.filter(({ organisation }) => organisation === 'CourierMSP')),
    );
    expect(idsOf(await listed(registrar, '?role=quality&kind=person'))).toEqual(
      idsOf(people.filter(({ roles }) => roles.includes('quality'))),
    );
    expect(await listed(registrar, '?kind=device')).toEqual([]);
  });

  test('gives nobody twice and leaves nobody out, who is enrolled meanwhile or not', async () => {
    const registrar = registrarOf(bench.consortium, 'HospitalMSP');
    const before = idsOf(await listed(registrar));
    const ids: string[] = [];
    for await (const { items } of clientOf(registrar).pages<Actor>('/v1/actors', { limit: 1 })) {
      ids.push(...idsOf(items));
      const turn = ids.length;
      if (turn <= 3)
        for (const place of ['aa', 'zz'])
          await enrolled(`${place}-nurse-${turn}`, 'HospitalMSP', 'nurse');
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(before));
    expect(ids).toEqual(expect.arrayContaining(['zz-nurse-1', 'zz-nurse-2', 'zz-nurse-3']));
  });
});
