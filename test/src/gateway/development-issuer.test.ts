import { type Cast, enrolCast, HttpSubmitter, openForBusiness } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGateway } from '@veinledger/gateway';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { z } from 'zod';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

const discovery = z.looseObject({
  issuer: z.string(),
  jwks_uri: z.string(),
  token_endpoint: z.string(),
  notice: z.string(),
});
const granted = z.looseObject({ access_token: z.string(), notice: z.string() });

let bench: GatewayBench;
let cast: Cast;
let endpoints: z.infer<typeof discovery>;

beforeAll(async () => {
  bench = await gatewayBench({ developmentIssuer: true });
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  const response = await fetch(`${bench.gateway.url}/dev/issuer/.well-known/openid-configuration`);
  endpoints = discovery.parse(await response.json());
});
afterAll(() => bench.close());

function ask(form: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(endpoints.token_endpoint, { method: 'POST', body: new URLSearchParams(form) });
}

async function tokenFor(actor: string, scope?: string): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: actor };
  const response = await ask({ ...form, ...(scope === undefined ? {} : { scope }) });
  return granted.parse(await response.json()).access_token;
}

async function statusOf(token: string, path: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${bench.gateway.url}${path}`, { headers })).status;
}

describe('the development issuer', () => {
  test('issues tokens for enrolled actors that anybody can check by its published keys', async () => {
    const token = await tokenFor(cast.nurse.id);
    const keys = createRemoteJWKSet(new URL(endpoints.jwks_uri));
    const { payload } = await jwtVerify(token, keys, { issuer: endpoints.issuer });
    expect(payload).toMatchObject({ veinledger_actor: cast.nurse.id, aud: bench.gateway.url });
    expect(await statusOf(token, '/v1/organisations')).toBe(200);
  });

  test('issues tokens for some of the roles where that is asked for', async () => {
    expect(await statusOf(await tokenFor(cast.nurse.id, 'nurse openid'), '/v1/ledger')).toBe(200);
    expect(await statusOf(await tokenFor(cast.nurse.id, 'quality'), '/v1/ledger')).toBe(403);
  });

  test('says in every answer what it is for', async () => {
    const form = { grant_type: 'client_credentials', client_id: cast.nurse.id };
    const answers = [
      await fetch(`${endpoints.issuer}/.well-known/openid-configuration`),
      await fetch(endpoints.jwks_uri),
      await ask(form),
      await ask({ ...form, client_id: 'hospital.nobody' }),
    ];
    for (const answer of answers) {
      expect(answer.headers.get('x-veinledger-notice')).toMatch(/^for development: /);
      expect(z.looseObject({ notice: z.string() }).parse(await answer.json()).notice).toMatch(
        /^for development: /,
      );
    }
  });

  test.each([
    [{ grant_type: 'client_credentials', client_id: 'hospital.nobody' }, 'invalid_client'],
    [{ grant_type: 'password', client_id: 'hospital.nurse' }, 'invalid_request'],
    [{ grant_type: 'client_credentials' }, 'invalid_request'],
  ])('issues nothing for %j', async (form, error) => {
    const response = await ask(form);
    expect([response.status, await response.json()]).toMatchObject([400, { error }]);
  });

  test('does not start outside development, and the error names the setting', async () => {
    const settings = { port: 0, vault: bench.vaultFolder, wallet: bench.vaultFolder };
    await expect(
      startGateway(
        { ...settings, environment: 'production', behindProxy: true, developmentIssuer: true },
        { ledger: bench.ledger, root: bench.consortium.root },
      ),
    ).rejects.toThrow(/^gateway settings: developmentIssuer: /);
  });

  test('is not there where it is not asked for', async () => {
    const plain = await gatewayBench();
    try {
      const response = await fetch(`${plain.gateway.url}/dev/issuer/jwks`);
      expect(response.status).toBe(404);
    } finally {
      await plain.close();
    }
  });
});
