import {
  type Cast,
  enrolCast,
  HttpSubmitter,
  openForBusiness,
  registrarOf,
  send,
  signMessage,
} from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GatewayClient, issueBearerToken } from '@veinledger/client/node';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

let development: GatewayBench;
let production: GatewayBench;
let cast: Cast;
let submitter: HttpSubmitter;

beforeAll(async () => {
  development = await gatewayBench();
  production = await gatewayBench({ environment: 'production', behindProxy: true });
  const { network } = production.consortium.root;
  submitter = new HttpSubmitter({ url: production.gateway.url, network });
  await openForBusiness(submitter, production.consortium);
  cast = await enrolCast(submitter, production.consortium);
});
afterAll(async () => {
  await production.close();
  await development.close();
});

/** What a gateway on an empty or on a working ledger answers a registrar of its own. */
async function problemOf(bench: GatewayBench, path: string, body: string, type: string) {
  const { id, keys } = registrarOf(bench.consortium, 'HospitalMSP');
  const audience = bench.gateway.url;
  const response = await fetch(new URL(path, audience), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await issueBearerToken(keys, { actor: id, audience })}`,
      'content-type': type,
    },
    body,
  });
  const { status, code, field, expected } = (await response.json()) as Record<string, unknown>;
  return { status, code, field, expected };
}

describe('a gateway in production', () => {
  test.each([
    ['a body without a command', '/v1/commands', '{}'],
    ['a member that nobody knows', '/v1/commands', '{"jws":"a","more":1}'],
    ['annexes of another shape', '/v1/commands', '{"jws":"a","annexes":{"results":1}}'],
    ['a command that is none', '/v1/commands', '{"jws":"a"}'],
    ['an unknown query parameter', '/v1/commands?wait=1', '{"jws":"a"}'],
    ['a body that is no JSON', '/v1/commands', '{'],
    ['a list', '/v1/commands', '[]'],
    ['another kind of body', '/v1/commands', '{"jws":"a"}', 'text/plain'],
    ['a route that is not there', '/v1/commands/', '{"jws":"a"}'],
  ])('answers %s as in development', async (_, path, body, type = 'application/json') => {
    const answer = await problemOf(production, path, body, type);
    expect(answer).toEqual(await problemOf(development, path, body, type));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  test('refuses a signature that does not verify, and writes nothing', async () => {
    const { network } = production.consortium.root;
    const body = { lot: 'https://id.gs1.org/01/04012345000092/10/EX-9' };
    const message = { type: 'manufacturing:RegisterLot', body };
    const { jws } = await signMessage(network, cast.labTechnician, message);
    const { keys } = cast.operator;
    const { id } = cast.labTechnician;
    const height = await production.ledger.height();
    const forged = await signMessage(network, { id, keys }, message);
    const client = new GatewayClient({
      url: production.gateway.url,
      actor: id,
      keys: cast.labTechnician.keys,
    });
    await expect(client.send({ jws: forged.jws })).rejects.toThrow('UNKNOWN_KEY');
    const changed = JSON.parse(jws) as { payload: string; signatures: { signature: string }[] };
    const other = JSON.parse(
      (await signMessage(network, cast.labTechnician, message)).jws,
    ) as typeof changed;
    const mixed = { payload: changed.payload, signatures: other.signatures };
    await expect(client.send({ jws: JSON.stringify(mixed) })).rejects.toThrow('SIGNATURE_INVALID');
    expect(await production.ledger.height()).toBe(height);
  });

  test('hears at once that an actor was revoked, whatever token is still good', async () => {
    const read = () => submitter.read(cast.courier, '/v1/organisations');
    await read();
    await read();
    const registrar = registrarOf(production.consortium, 'CourierMSP');
    const body = { actor: cast.courier.id, reason: 'left' };
    await send(submitter, registrar, { type: 'registry:RevokeActor', body });
    await expect(read()).rejects.toThrow('ACTOR_REVOKED');
  });
});
