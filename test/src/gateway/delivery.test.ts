import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Cast,
  enrolCast,
  enrolment,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  type Person,
  signMessage,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GatewayClient, GatewayProblem, issueBearerToken } from '@veinledger/client/node';
import type { EntityOf } from '@veinledger/domain';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

let bench: GatewayBench;
let cast: Cast;
let journey: TherapyJourney;
let otherPatient: Person;

const client = (person: Person) =>
  new GatewayClient({ url: bench.gateway.url, actor: person.id, keys: person.keys });
const sign = (person: Person, type: string, body: object, annexes = {}) =>
  signMessage(bench.consortium.root.network, person, { type, body, annexes });
const run = (name: string) =>
  sign(cast.labTechnician, 'manufacturing:RegisterRun', {
    run: name,
    flowCell: 'F',
    instrument: 'S',
  });
const problemOf = async (work: Promise<unknown>): Promise<GatewayProblem> => {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (error instanceof GatewayProblem) return error;
  throw new Error(`expected a problem, found ${JSON.stringify(error)}`);
};

beforeAll(async () => {
  bench = await gatewayBench();
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  const patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
  otherPatient = await enrolPatient(submitter, bench.consortium, 'patient-2');
  journey = new TherapyJourney({ submitter, cast, patient, serial: 1 });
  await enrolment(journey);
});
afterAll(() => bench.close());

async function post(person: Person, body: object): Promise<number> {
  const audience = bench.gateway.url;
  const token = await issueBearerToken(person.keys, { actor: person.id, audience });
  const response = await fetch(`${audience}/v1/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.status;
}

describe('a repeated command', () => {
  test('is answered 201 once and 200 from then on, with its first receipt', async () => {
    const { jws } = await run('run-1');
    expect(await post(cast.labTechnician, { jws })).toBe(201);
    expect(await post(cast.labTechnician, { jws })).toBe(200);
    const [one, two] = [
      await client(cast.labTechnician).send({ jws }),
      await client(cast.labTechnician).send({ jws }),
    ];
    expect(two).toEqual(one);
  });

  test('sent several times at once commits once, and each sender gets the one receipt', async () => {
    const { jws } = await run('run-2');
    const receipts = await Promise.all(
      Array.from({ length: 4 }, () => client(cast.labTechnician).send({ jws })),
    );
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    const { items: signed } = await client(cast.labTechnician).read<{
      items: EntityOf<'signature'>[];
    }>(`/v1/actors/${cast.labTechnician.id}/signatures`);
    const id = receipts[0]?.commandId;
    expect(signed.filter(({ commandId }) => commandId === id)).toHaveLength(1);
  });

  test('needs its annexes no more', async () => {
    const annexes = { investigation: { explanation: 'a label was torn', evidence: [] } };
    const body = {
      coi: journey.coi,
      subject: { kind: 'therapy', coi: journey.coi },
      code: 'DOCUMENTATION_FAULT',
      classification: 'minor',
    };
    const message = await sign(cast.nurse, 'manufacturing:ReportDeviation', body, annexes);
    const first = await client(cast.nurse).send(message);
    expect(await client(cast.nurse).send({ jws: message.jws })).toEqual(first);
  });
});

describe('a refused permission', () => {
  test('is committed and still answered as a problem, again and again', async () => {
    const body = { coi: journey.coi, design: 'design-9' };
    const { jws } = await sign(cast.reviewer, 'manufacturing:ApproveDesign', body);
    const first = await problemOf(client(cast.reviewer).send({ jws }));
    expect(first).toMatchObject({ status: 409, code: 'REFUSED' });
    expect(first.reasons.length).toBeGreaterThan(0);
    expect(first.receipt).toMatchObject({ decision: 'refused', reasons: first.reasons });
    const again = await problemOf(client(cast.reviewer).send({ jws }));
    expect(again.receipt).toEqual(first.receipt);
  });
});

describe('who sees a therapy', () => {
  const path = (rest = '') => `/v1/therapies/${journey.coi}${rest}`;
  test.each(['', '/trace'])('its parties, its patient and auditors (%s)', async (rest) => {
    for (const person of [cast.operator, journey.patient, cast.auditor]) {
      expect(await client(person).read(path(rest))).toBeDefined();
    }
  });

  test('not another patient, whatever they ask for', async () => {
    const record = (
      await client(cast.nurse).read<{ records: EntityOf<'record'>[] }>(path('/trace'))
    ).records[0];
    const other = client(otherPatient);
    for (const asked of [
      path(),
      path('/trace'),
      path(`/items/${journey.things.tumour}`),
      `/v1/patients/${journey.patient.id}/consents`,
      `/v1/actors/${journey.patient.id}`,
      `/v1/actors/${cast.nurse.id}/signatures`,
      `/v1/commands/${record?.commandId ?? ''}`,
    ]) {
      expect(await problemOf(other.read(asked))).toMatchObject({
        status: 403,
        code: 'NOT_ENTITLED',
      });
    }
  });

  test('not what an actor of another organisation signed', async () => {
    const asked = `/v1/actors/${cast.nurse.id}/signatures`;
    expect(await problemOf(client(cast.operator).read(asked))).toMatchObject({ status: 403 });
  });
});

describe('an annex', () => {
  const digestOf = async () => {
    const trace = await client(cast.nurse).read<{ records: EntityOf<'record'>[] }>(
      `/v1/therapies/${journey.coi}/trace`,
    );
    return trace.records.find(({ annex }) => annex['results'])?.annex['results'] ?? '';
  };

  test("is given to the therapy's parties and its patient, not to auditors or other patients", async () => {
    const digest = await digestOf();
    const asked = `/v1/annexes/${digest}`;
    for (const person of [cast.operator, journey.patient]) {
      expect(await client(person).read(asked)).toMatchObject({ digest });
    }
    for (const person of [cast.auditor, otherPatient]) {
      expect(await problemOf(client(person).read(asked))).toMatchObject({ code: 'NOT_ENTITLED' });
    }
    expect(await bench.gateway.vault.get(digest)).toContain('lead-times');
  });

  test('is not there where nobody delivered one', async () => {
    const { commandId } = await client(cast.labTechnician).send(await run('run-3'));
    expect(await problemOf(client(cast.nurse).read(`/v1/annexes/${commandId}`))).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
  });
});

describe('the gateway', () => {
  test('leaves nothing open in its journal and nothing unconfirmed in its vault', async () => {
    await bench.restart();
    const files = await readdir(bench.vaultFolder);
    expect(files.filter((name) => name.endsWith('.pending'))).toEqual([]);
    expect(await readFile(join(bench.vaultFolder, 'submissions.jsonl'), 'utf8')).toBe('');
  });

  test('finishes what it accepted when it is told to stop', async () => {
    const sent = await Promise.all(['run-5', 'run-6', 'run-7'].map(run));
    const under = sent.map(({ jws }) => client(cast.labTechnician).send({ jws }));
    // each request is on its way before the gateway is told to stop
    await Promise.all(under.slice(0, 1));
    const stopped = bench.restart();
    expect((await Promise.all(under)).map(({ decision }) => decision)).toEqual(
      sent.map(() => 'recorded'),
    );
    await stopped;
  });
});
