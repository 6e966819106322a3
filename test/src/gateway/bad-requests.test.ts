import {
  type Cast,
  chainOfIdentity,
  enrolCast,
  HttpSubmitter,
  openForBusiness,
  type Person,
  signMessage,
  type SignedMessage,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueBearerToken, sealAnnex } from '@veinledger/client/node';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

const LOT = 'https://id.gs1.org/01/04012345000092/10/EX-9';

let bench: GatewayBench;
let cast: Cast;
let valid: SignedMessage;

beforeAll(async () => {
  bench = await gatewayBench();
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  valid = await registration();
});
afterAll(() => bench.close());

function sign(person: Person, type: string, body: unknown): Promise<SignedMessage> {
  return signMessage(bench.consortium.root.network, person, { type, body });
}

function registration(person = cast.labTechnician): Promise<SignedMessage> {
  const expiry = '2030-01-01T00:00:00.000Z';
  const body = { lot: LOT, kind: 'extraction-kit', expiry };
  return sign(person, 'manufacturing:RegisterLot', body);
}

interface Sent {
  readonly by?: Person;
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

async function answerTo({ by = cast.labTechnician, ...sent }: Sent) {
  const { path = '/v1/lots', method = 'POST', body = JSON.stringify({ jws: valid.jws }) } = sent;
  const audience = bench.gateway.url;
  const response = await fetch(new URL(path, audience), {
    method,
    headers: {
      authorization: `Bearer ${await issueBearerToken(by.keys, { actor: by.id, audience })}`,
      'content-type': 'application/json',
      ...sent.headers,
    },
    ...(method === 'GET' ? {} : { body }),
  });
  return { response, body: (await response.json()) as Record<string, unknown> };
}

/** Expects problem+json of a code, and that nothing was written. */
async function expectProblem(sent: Sent, status: number, code: string, field?: string) {
  const height = await bench.ledger.height();
  const { response, body } = await answerTo(sent);
  expect({ status: response.status, code: body['code'] }).toEqual({ status, code });
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({
    type: `urn:veinledger:problem:${code}`,
    status,
    instance: `urn:uuid:${response.headers.get('x-request-id') ?? ''}`,
  });
  if (field !== undefined) expect(body['field']).toBe(field);
  expect(await bench.ledger.height()).toBe(height);
  return body;
}

describe('a request that does not fit the document', () => {
  test('with an unknown field', async () => {
    const body = JSON.stringify({ jws: valid.jws, comment: 'hello' });
    await expectProblem({ body }, 400, 'INVALID_REQUEST', 'body.comment');
  });

  test('without a command', async () => {
    await expectProblem({ body: '{}' }, 400, 'INVALID_REQUEST', 'body.jws');
  });

  test.each([
    '{',
    '"text"',
    '{"jws":"x"}{',
    '{"jws":"x","__proto__":{"annexes":{}}}',
    String.raw`{"jws":"x","annexes":{"\u005f_proto__":"x"}}`,
  ])('with the body %s', async (body) => {
    await expectProblem({ body }, 400, 'MALFORMED_JSON', 'body');
  });

  test('with a body that is no JSON', async () => {
    const headers = { 'content-type': 'text/plain' };
    await expectProblem({ headers }, 415, 'UNSUPPORTED_MEDIA_TYPE', 'content-type');
  });

  test('with a body above 1 MiB', async () => {
    const body = JSON.stringify({ jws: 'x'.repeat(1024 * 1024) });
    await expectProblem({ body }, 413, 'BODY_TOO_LARGE', 'body');
  });

  test('with an unknown query parameter', async () => {
    const path = '/v1/organisations?page=2';
    await expectProblem({ method: 'GET', path }, 400, 'UNKNOWN_PARAMETER', 'query.page');
  });

  test('with an identifier of another shape in its path', async () => {
    const path = '/v1/therapies/nonsense';
    await expectProblem({ method: 'GET', path }, 400, 'INVALID_REQUEST', 'params.coi');
  });

  test('with an identifier in another form than its own in its path', async () => {
    const asked = (spelt: string) => ({ method: 'GET', path: `/v1/lots/${spelt}` });
    const escaped = Buffer.from(LOT).toString('hex').replaceAll(/../g, '%$&');
    for (const same of [encodeURIComponent(LOT), escaped, escaped.toUpperCase()]) {
      const { response, body } = await answerTo(asked(same));
      expect({ status: response.status, found: body['found'] }).toEqual({
        status: 404,
        found: LOT,
      });
    }
    for (const other of [
      LOT.replace('https', 'HTTPS'),
      LOT.replace('id.gs1.org', 'ID.GS1.ORG'),
      LOT.replace('id.gs1.org', 'id.example.org'),
      LOT.replace('-', '%2D'),
      LOT.replace('EX-9', '..'),
      LOT.replace('E', '\u0415'),
      `${LOT}/`,
      encodeURIComponent(LOT),
    ]) {
      const sent = asked(encodeURIComponent(other));
      await expectProblem(sent, 400, 'INVALID_REQUEST', 'params.lot');
    }
  });

  test('with a check character that is wrong, in its path or in its query', async () => {
    const right = chainOfIdentity(1);
    const wrong = `${right.slice(0, -1)}${right.endsWith('A') ? 'B' : 'A'}`;
    const path = `/v1/therapies/${wrong}`;
    await expectProblem({ method: 'GET', path }, 400, 'INVALID_REQUEST', 'params.coi');
    const query = `/v1/events?therapy=${wrong}`;
    await expectProblem({ method: 'GET', path: query }, 400, 'INVALID_REQUEST', 'query.therapy');
  });

  test('with a path that cannot be decoded', async () => {
    await expectProblem({ method: 'GET', path: '/v1/actors/%ff' }, 400, 'INVALID_REQUEST');
  });

  test('for a route that there is not', async () => {
    await expectProblem({ path: '/v1/wishes' }, 404, 'UNKNOWN_ROUTE');
    await expectProblem({ method: 'GET', path: '/etc/passwd' }, 404, 'UNKNOWN_ROUTE');
  });

  test('with a method that the route does not have, which says which it has', async () => {
    await expectProblem({ method: 'DELETE' }, 405, 'METHOD_NOT_ALLOWED');
    const { response } = await answerTo({ method: 'DELETE' });
    expect(response.headers.get('allow')).toBe('HEAD, GET, POST');
  });
});

describe('a command that is not what it should be', () => {
  test.each([
    ['{"payload":', 'MALFORMED_JWS'],
    ['{"payload":"e30","signatures":[]}', 'SIGNATURE_MISSING'],
  ])('%s', async (jws, code) => {
    await expectProblem({ body: JSON.stringify({ jws }) }, 400, code);
  });

  test('larger than 128 KiB', async () => {
    const body = JSON.stringify({ jws: 'x'.repeat(140 * 1024) });
    await expectProblem({ body }, 413, 'COMMAND_TOO_LARGE');
  });

  test('with one of its signatures replaced', async () => {
    const other = JSON.parse((await registration()).jws) as { signatures: unknown[] };
    const mine = JSON.parse(valid.jws) as { signatures: unknown[] };
    const signatures = [mine.signatures[0], other.signatures[1]];
    const jws = JSON.stringify({ ...mine, signatures });
    await expectProblem({ body: JSON.stringify({ jws }) }, 400, 'SIGNATURE_INVALID');
  });

  test('signed by somebody else than the caller', async () => {
    await expectProblem({ by: cast.operator }, 403, 'ACTOR_MISMATCH', 'actor');
  });

  test('of another type than the route takes', async () => {
    await expectProblem({ path: '/v1/runs' }, 400, 'WRONG_TYPE', 'type');
  });

  test('for another thing than the path names', async () => {
    const consent = await sign(cast.clinician, 'consent:RequestConsent', {
      patient: 'patient-1',
      consent: 'c-1',
      purpose: 'RESEARCH',
      legalBasis: 'consent',
      scope: {},
      form: { id: 'form', version: '1', language: 'de', digest: sealAnnex({}).digest },
    });
    await expectProblem(
      {
        by: cast.clinician,
        path: '/v1/patients/patient-2/consents/RESEARCH/requests',
        body: JSON.stringify({ jws: consent.jws }),
      },
      400,
      'PATH_MISMATCH',
      'body.patient',
    );
  });

  test('with an unknown field in its signed body', async () => {
    const { jws } = await sign(cast.labTechnician, 'manufacturing:RegisterRun', {
      run: 'run-1',
      flowCell: 'FC-1',
      instrument: 'SEQ-1',
      remark: 'free text',
    });
    const body = JSON.stringify({ jws });
    await expectProblem({ path: '/v1/commands', body }, 400, 'SCHEMA_VIOLATION', 'body.remark');
  });

  test('of a type that nobody knows', async () => {
    const { jws } = await sign(cast.labTechnician, 'custody:StealItem', {});
    const body = JSON.stringify({ jws });
    await expectProblem({ path: '/v1/commands', body }, 400, 'UNKNOWN_TYPE', 'type');
  });

  test('by an actor without the role', async () => {
    const { jws } = await registration(cast.nurse);
    await expectProblem({ by: cast.nurse, body: JSON.stringify({ jws }) }, 403, 'ROLE_MISSING');
  });

  test('for another network', async () => {
    const network = sealAnnex({}).digest;
    const message = { type: valid.type, body: {} };
    const { jws } = await signMessage(network, cast.labTechnician, message);
    await expectProblem({ body: JSON.stringify({ jws }) }, 400, 'WRONG_NETWORK', 'network');
  });

  test('with an annex that it does not commit to', async () => {
    const body = JSON.stringify({ jws: valid.jws, annexes: { results: sealAnnex({}).text } });
    await expectProblem({ body }, 400, 'ANNEX_UNEXPECTED', 'annex.results');
  });
});

describe('an annex that is not what was signed', () => {
  const report = (annexes: Readonly<Record<string, unknown>>) =>
    signMessage(bench.consortium.root.network, cast.clinician, {
      type: 'care:RecordOutcome',
      body: { coi: chainOfIdentity(1), outcome: 'outcome-1' },
      annexes,
    });
  const outcome = { kind: 'follow-up', observations: [{ code: 'fever', value: false }] };

  async function expectAnnexProblem(jws: string, text: string, code: string, field: string) {
    const annexes = { outcome: text };
    const body = JSON.stringify({ jws, annexes });
    await expectProblem({ by: cast.clinician, path: '/v1/commands', body }, 400, code, field);
  }

  test('has another digest', async () => {
    const { jws } = await report({ outcome });
    await expectAnnexProblem(
      jws,
      sealAnnex(outcome).text,
      'ANNEX_DIGEST_MISMATCH',
      'annex.outcome',
    );
  });

  test('does not fit its schema', async () => {
    const { jws, annexes } = await report({
      outcome: { kind: 'follow-up', diagnosis: 'free text' },
    });
    const field = 'annex.outcome.content.observations';
    await expectAnnexProblem(jws, annexes['outcome'] ?? '', 'ANNEX_SCHEMA_VIOLATION', field);
  });
});

describe('a caller who does not show who calls', () => {
  test('is told so before anything is read', async () => {
    const response = await fetch(`${bench.gateway.url}/v1/lots`, { method: 'POST', body: '{' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ code: 'TOKEN_MISSING' });
  });

  test.each(['GET', 'POST'])('is refused on every route under /v1 (%s)', async (method) => {
    for (const path of ['/v1/commands', '/v1/ledger', '/v1/wishes', '/v1']) {
      const response = await fetch(`${bench.gateway.url}${path}`, { method });
      expect([path, response.status]).toEqual([path, 401]);
    }
  });

  test('does not get past that by writing a path in another case', async () => {
    const response = await fetch(`${bench.gateway.url}/V1/ledger`);
    expect(response.status).toBe(404);
  });

  test("is refused with another actor's keys", async () => {
    const by = { ...cast.labTechnician, keys: cast.nurse.keys };
    await expectProblem({ by }, 401, 'TOKEN_INVALID', 'authorization');
  });
});
