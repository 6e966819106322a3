import { decodeProtectedHeader } from 'jose';
import { afterEach, describe, expect, test } from '@jest/globals';
import { signCommand } from '../commands/sign-command.js';
import { generateActorKeys } from '../keys/generate.js';
import { nobleSigner } from '../signing/noble-signer.js';
import { GatewayClient } from './client.js';
import { GatewayProblem, GatewayTimeout, GatewayUnreachable } from './gateway-problem.js';
import type { Attempt } from './retries.js';
import { json, problem, type ScriptedServer, scriptedServer } from './scripted-server.fixture.js';

const retries = { attempts: 4, firstDelayMs: 1, maxDelayMs: 2, timeoutMs: 20_000 };
let server: ScriptedServer;
let attempts: Attempt[] = [];
const onAttempt = (attempt: Attempt) => void attempts.push(attempt);
const results = () => attempts.map(({ result }) => result);

async function clientOf(...script: Parameters<typeof scriptedServer>[0]): Promise<GatewayClient> {
  attempts = [];
  server = await scriptedServer(script);
  return new GatewayClient({ url: server.url, bearer: () => Promise.resolve('token'), retries });
}
afterEach(() => server.close());

const read = (client: GatewayClient) => client.read('/v1/ledger', { onAttempt });
const failure = (work: Promise<unknown>) => work.catch((error: unknown) => error);

describe('a call', () => {
  test('shows the token and asks for JSON', async () => {
    await read(await clientOf(json({})));
    expect(server.asked[0]?.headers).toMatchObject({
      authorization: 'Bearer token',
      accept: 'application/json, application/problem+json',
    });
  });

  test('shows a token by another key where members sign by the algorithm of the first no longer', async () => {
    const refused = {
      ...{ type: 'urn:veinledger:problem:TOKEN_ALGORITHM_REFUSED', title: 'Unauthorized' },
      ...{ status: 401, detail: 'refused', code: 'TOKEN_ALGORITHM_REFUSED', instance: '1' },
      ...{ expected: 'ML-DSA-65', found: 'EdDSA' },
    };
    server = await scriptedServer([json(refused, 401), json({ height: 1 }), json({ height: 2 })]);
    const keys = generateActorKeys();
    const client = new GatewayClient({ url: server.url, actor: 'lab.lab', keys, retries });
    expect([await client.read('/v1/ledger'), await client.read('/v1/ledger')]).toEqual([
      { height: 1 },
      { height: 2 },
    ]);
    const shown = server.asked.map(({ headers }) => headers.authorization?.slice(7) ?? '');
    const algorithms = shown.map((token) => decodeProtectedHeader(token).alg);
    expect(algorithms).toEqual(['EdDSA', 'ML-DSA-65', 'ML-DSA-65']);
  });

  test('is made again where the ledger cannot be reached, and tells each attempt', async () => {
    const away = problem(503, 'LEDGER_UNAVAILABLE');
    expect(await read(await clientOf(away, away, json({ height: 1 })))).toEqual({ height: 1 });
    expect(attempts).toMatchObject([
      { number: 1, action: 'GET /v1/ledger', result: 'unavailable', code: 'LEDGER_UNAVAILABLE' },
      { number: 2, result: 'unavailable' },
      { number: 3, result: 'answered' },
    ]);
    expect(attempts.map(({ delayMs }) => delayMs !== undefined)).toEqual([true, true, false]);
  });

  test('waits as long as a gateway that has too many calls says', async () => {
    const busy = problem(429, 'TOO_MANY_REQUESTS', { 'retry-after': '1' });
    await read(await clientOf(busy, json({})));
    expect(results()).toEqual(['rate-limited', 'answered']);
    expect(attempts[0]?.delayMs).toBeGreaterThanOrEqual(1000);
  });

  test('is made again where something else answers in the gateway’s stead, or nothing does', async () => {
    const page = json('<html>', 502, { 'content-type': 'text/html' });
    const client = await clientOf(page, (request) => request.socket.destroy(), json({}));
    await read(client);
    expect(results()).toEqual(['unreachable', 'unreachable', 'answered']);
  });

  test('is given up after its attempts, with the last failure', async () => {
    const error = await failure(read(await clientOf(problem(503, 'LEDGER_UNAVAILABLE'))));
    expect(error).toBeInstanceOf(GatewayProblem);
    expect(server.asked).toHaveLength(4);
  });

  test.each([
    [400, 'INVALID_REQUEST'],
    [401, 'TOKEN_INVALID'],
    [403, 'NOT_ENTITLED'],
    [409, 'REFUSED'],
    [500, 'INTERNAL_ERROR'],
    [502, 'ENDORSEMENT_MISMATCH'],
    [503, 'TRANSACTION_TIME_OFF'],
  ])('is made once where it would fail again: %d %s', async (status, code) => {
    const error = await failure(read(await clientOf(problem(status, code))));
    expect(error).toMatchObject({ status, code });
    expect(results()).toEqual(['final']);
    expect(server.asked).toHaveLength(1);
  });

  test('ends when its caller says so, with the caller’s reason', async () => {
    const controller = new AbortController();
    const client = await clientOf(() => controller.abort(new Error('the shift is over')));
    const error = await failure(client.read('/v1/ledger', { signal: controller.signal }));
    expect(error).toEqual(new Error('the shift is over'));
  });

  test('ends when its time is over, however long the gateway keeps silent', async () => {
    await clientOf(() => undefined);
    const hasty = new GatewayClient({
      url: server.url,
      bearer: () => Promise.resolve('token'),
      retries: { ...retries, timeoutMs: 50 },
    });
    expect(await failure(hasty.read('/v1/ledger'))).toBeInstanceOf(GatewayTimeout);
  });

  test('takes an answer that does not come for none', async () => {
    await clientOf(() => undefined, json({}));
    const client = new GatewayClient({
      url: server.url,
      bearer: () => Promise.resolve('token'),
      retries,
      answerWithinMs: 2_000,
    });
    await client.read('/v1/ledger', { onAttempt });
    expect(results()).toEqual(['unreachable', 'answered']);
  });

  test('to an address where nobody listens says so', async () => {
    const client = await clientOf(json({}));
    await server.close();
    expect(await failure(client.post('/v1/anything', {}))).toBeInstanceOf(GatewayUnreachable);
    await clientOf(json({}));
  });
});

const AT = '2026-11-30T10:00:00.000Z';
const receiptOf = (commandId: string): unknown => ({
  noun: 'record',
  ...{ scope: { kind: 'run', id: 'run-1' }, transactionTime: AT, commandId, block: 7 },
  ...{ transactionId: 'a'.repeat(64), type: 'a:B', kind: 'fact', at: AT, lateEntry: false },
  ...{ actor: 'lab.lab', organisation: 'LabMSP', decision: 'recorded', annex: {} },
  ...{ reasons: [], verdicts: [], deviations: [], changed: [] },
});

describe('a command on its way', () => {
  const keys = generateActorKeys();
  const author = { network: 'A'.repeat(43), actor: 'lab.lab', signer: nobleSigner(keys) };

  test('is sent again as it was: the ledger knows it by its id, so that it needs no key', async () => {
    const client = await clientOf(problem(409, 'CONFLICT'), problem(403, 'NOT_ENTITLED'));
    const command = await signCommand(author, { type: 'a:B', body: {}, annexes: { note: 1 } });
    expect(await failure(client.submit(command))).toMatchObject({ code: 'NOT_ENTITLED' });
    const [first, second, ...more] = server.asked;
    expect([second?.method, second?.url]).toEqual([first?.method, first?.url]);
    expect(first).toMatchObject({ method: 'POST', url: '/v1/commands' });
    expect(first?.headers['idempotency-key']).toBeUndefined();
    expect(more).toEqual([]);
  });

  test('of another kind bears a key in double quotes where its caller gives one, and none else', async () => {
    const client = await clientOf(json({}), json({}));
    await client.post('/v1/jobs', { kind: 'verify-ledger' });
    await client.post('/v1/jobs', { kind: 'verify-ledger' }, 'mine');
    const keys = server.asked.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([undefined, '"mine"']);
  });

  test('goes to the route that it is for', async () => {
    const client = await clientOf(problem(403, 'NOT_ENTITLED'));
    const command = await signCommand(author, { type: 'a:B', body: {} });
    await failure(client.submit(command, { path: '/v1/therapies' }));
    expect(server.asked[0]?.url).toBe('/v1/therapies');
  });

  test.each([
    ['is no receipt', (): unknown => ({ welcome: 'guest' })],
    ['is another command’s', receiptOf],
  ])('may have been taken or not where the answer %s', async (_name, answer) => {
    const client = await clientOf(json(answer('B'.repeat(43))), problem(403, 'NOT_ENTITLED'));
    const command = await signCommand(author, { type: 'a:B', body: {} });
    const failed = client.submit(command, { onAttempt });
    expect(await failure(failed)).toMatchObject({ code: 'NOT_ENTITLED' });
    expect(results()).toEqual(['unreachable', 'final']);
  });

  test('is taken where the answer is its receipt', async () => {
    const command = await signCommand(author, { type: 'a:B', body: {} });
    const client = await clientOf(json(receiptOf(command.id)));
    expect(await client.submit(command)).toEqual(receiptOf(command.id));
  });

  test('does not leave when it is no command', async () => {
    const client = await clientOf(json({}));
    expect(await failure(client.submit({ jws: '{}' }))).toMatchObject({ code: 'MALFORMED_JWS' });
    expect(server.asked).toEqual([]);
  });
});

describe('a list', () => {
  test('is none where the answer is no page of one', async () => {
    const client = await clientOf(json({ welcome: 'guest' }));
    const read = client.pages('/v1/lots')[Symbol.asyncIterator]().next();
    expect(await failure(read)).toBeInstanceOf(GatewayUnreachable);
  });

  test('is read page by page until there is no next cursor', async () => {
    const client = await clientOf(
      json({ items: [1, 2], next: 'c/2' }),
      json({ items: [], next: 'c3' }),
      json({ items: [3] }),
    );
    const items: number[] = [];
    for await (const page of client.pages<number>('/v1/lots?kind=a', { limit: 2 })) {
      items.push(...page.items);
    }
    expect(items).toEqual([1, 2, 3]);
    expect(server.asked.map(({ url }) => url)).toEqual([
      '/v1/lots?kind=a&limit=2',
      '/v1/lots?kind=a&limit=2&cursor=c%2F2',
      '/v1/lots?kind=a&limit=2&cursor=c3',
    ]);
  });

  test('is read no further than it is asked for', async () => {
    const client = await clientOf(json({ items: [1], next: 'c2' }));
    for await (const page of client.pages('/v1/lots')) {
      expect(page.next).toBe('c2');
      break;
    }
    expect(server.asked).toHaveLength(1);
  });
});
