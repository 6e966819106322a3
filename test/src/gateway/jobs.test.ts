import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Cast,
  enrolCast,
  enrolment,
  enrolPatient,
  HttpSubmitter,
  openForBusiness,
  type Person,
  registerShared,
  registrarOf,
  TherapyJourney,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueBearerToken } from '@veinledger/client/node';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

type Body = Record<string, unknown>;

let bench: GatewayBench;
let cast: Cast;
let backups: string;

beforeAll(async () => {
  backups = await mkdtemp(join(tmpdir(), 'veinledger-backups-'));
  bench = await gatewayBench({ backups: { folder: backups }, operator: 'HospitalMSP' });
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  await registerShared(submitter, cast);
  const patient = await enrolPatient(submitter, bench.consortium, 'patient-1');
  await enrolment(new TherapyJourney({ submitter, cast, patient, serial: 1 }));
});
afterAll(async () => {
  await bench.close();
  await rm(backups, { recursive: true });
});

async function call(by: Person, method: string, path: string, sent?: Body) {
  const audience = bench.gateway.url;
  const token = await issueBearerToken(by.keys, { actor: by.id, audience });
  const response = await fetch(new URL(path, audience), {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
  });
  const text = await response.text();
  return { response, body: (text === '' ? {} : JSON.parse(text)) as Body };
}

/** Hands a job in and asks after it until it is finished. */
async function done(by: Person, kind: string, input: Body = {}): Promise<Body> {
  const { response } = await call(by, 'POST', '/v1/jobs', { kind, input });
  expect([response.status, response.headers.get('retry-after')]).toEqual([202, '2']);
  const location = response.headers.get('location') ?? '';
  for (;;) {
    const { body, response: asked } = await call(by, 'GET', location);
    if (body['state'] !== 'queued' && body['state'] !== 'running') return body;
    expect(asked.headers.get('retry-after')).toBe('2');
    await delay(20);
  }
}

describe('long work', () => {
  test('backs the gateway up for registrars of the member that runs it, and for nobody else', async () => {
    const registrar = registrarOf(bench.consortium, 'HospitalMSP');
    expect(await done(registrar, 'backup', { name: 'monday' })).toMatchObject({
      state: 'succeeded',
      result: { name: 'monday', files: expect.any(Number) },
    });
    expect(await readdir(backups)).toEqual(['monday']);
    const other = registrarOf(bench.consortium, 'LabMSP');
    const asked = { kind: 'backup', input: { name: 'tuesday' } };
    for (const by of [other, cast.nurse]) {
      const { body } = await call(by, 'POST', '/v1/jobs', asked);
      expect(body['code']).toBe('NOT_ENTITLED');
    }
  });

  test('walks the chain for whoever asks, and tells how many blocks it walked', async () => {
    const height = await bench.ledger.height();
    expect(await done(cast.nurse, 'verify-ledger')).toMatchObject({
      state: 'succeeded',
      result: { intact: true, height },
      progress: { done: height, total: height, unit: 'blocks' },
    });
  });

  test('decides every command anew for auditors, and finds no difference', async () => {
    const finished = await done(cast.auditor, 'replay-ledger');
    expect(finished).toMatchObject({
      state: 'succeeded',
      result: { differences: 0, findings: [], unopened: 0, invalid: 0 },
    });
    const { body } = await call(cast.nurse, 'POST', '/v1/jobs', { kind: 'replay-ledger' });
    expect(body).toMatchObject({ status: 403, code: 'NOT_ENTITLED' });
  });

  test("is listed for its own caller, and is nobody else's", async () => {
    const { body } = await call(cast.nurse, 'GET', '/v1/sparse/jobs?fields=id,kind');
    const [first] = body['items'] as { id: string }[];
    expect(body['items']).toMatchObject([{ kind: 'verify-ledger' }]);
    const path = `/v1/jobs/${first?.id ?? ''}`;
    for (const method of ['GET', 'DELETE']) {
      expect((await call(cast.auditor, method, path)).body).toMatchObject({
        status: 404,
        code: 'NOT_FOUND',
      });
    }
    expect((await call(cast.nurse, 'DELETE', path)).response.status).toBe(204);
    expect((await call(cast.nurse, 'GET', path)).body).toMatchObject({ code: 'NOT_FOUND' });
  });

  test.each<[Body, string, string]>([
    [{ kind: 'sing' }, 'INVALID_REQUEST', 'body.kind'],
    [{ kind: 'verify-ledger', tempo: 'presto' }, 'INVALID_REQUEST', 'body.tempo'],
    [{ kind: 'verify-ledger', input: { first: 3 } }, 'INVALID_REQUEST', 'body.input.first'],
  ])('is not done on %j', async (sent, code, field) => {
    const { body } = await call(cast.nurse, 'POST', '/v1/jobs', sent);
    expect(body).toMatchObject({ status: 400, code, field });
  });

  test('that is finished is still known when the gateway was started again', async () => {
    await done(cast.nurse, 'verify-ledger');
    await bench.restart();
    const { body } = await call(cast.nurse, 'GET', '/v1/jobs?state=succeeded');
    expect(body['items']).toMatchObject([{ kind: 'verify-ledger', result: { intact: true } }]);
  });
});
