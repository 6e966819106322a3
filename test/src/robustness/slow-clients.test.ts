import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { enrolCast, HttpSubmitter, openForBusiness, type Person, signMessage } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueBearerToken } from '@veinledger/client/node';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';

/** How long a client may take to send a request here, seconds. */
const REQUEST_SECONDS = 0.5;

let bench: GatewayBench;
let operator: Person;

beforeAll(async () => {
  bench = await gatewayBench({ requestSeconds: REQUEST_SECONDS });
  const { network } = bench.consortium.root;
  const submitter = new HttpSubmitter({ url: bench.gateway.url, network });
  await openForBusiness(submitter, bench.consortium);
  ({ operator } = await enrolCast(submitter, bench.consortium));
});
afterAll(() => bench.close());

async function connection(): Promise<Socket> {
  const socket = connect({ port: Number(new URL(bench.gateway.url).port), host: '127.0.0.1' });
  await once(socket, 'connect');
  return socket;
}

/** A registration of a run, as it travels. */
async function registration(
  run: string,
): Promise<{ readonly head: string; readonly body: string }> {
  const message = {
    type: 'manufacturing:RegisterRun',
    body: { run, flowCell: 'FC-1', instrument: 'SEQ-1' },
  };
  const { jws } = await signMessage(bench.consortium.root.network, operator, message);
  const body = JSON.stringify({ jws });
  const audience = bench.gateway.url;
  const token = await issueBearerToken(operator.keys, { actor: operator.id, audience });
  const lines = [
    'POST /v1/commands HTTP/1.1',
    'host: gateway',
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return { head: `${lines.join('\r\n')}\r\n\r\n`, body };
}

const isReady = async () => (await fetch(`${bench.gateway.url}/health/ready`)).status === 200;

describe('a client that takes too long', () => {
  test('over its headers is told so, and its connection is closed', async () => {
    const socket = await connection();
    socket.write('GET /health/live HTTP/1.1\r\nhost: gate');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toContain('"code":"REQUEST_TIMEOUT"');
  });

  test('over its body is told so, and nothing of it is written', async () => {
    const before = await bench.ledger.height();
    const { head, body } = await registration('run-of-slowness');
    const socket = await connection();
    socket.write(head + body.slice(0, 100));
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).toContain('"code":"REQUEST_TIMEOUT"');
    expect(await bench.ledger.height()).toBe(before);
  });
});

describe('a connection', () => {
  test('whose client has closed its own half is closed; the command sent again gets its receipt', async () => {
    const { head, body } = await registration('run-of-one-half');
    const half = await connection();
    half.end(head + body);
    await text(half);
    const whole = await connection();
    whole.write(head.replace('\r\n\r\n', '\r\nconnection: close\r\n\r\n') + body);
    const answer = await text(whole);
    expect(answer).toMatch(/^HTTP\/1\.1 20[01] /);
    expect(answer).toContain('"decision":"recorded"');
  });

  test('that breaks in the middle of a command leaves nothing behind, and everybody else is served', async () => {
    const before = await bench.ledger.height();
    const { head, body } = await registration('run-that-never-came');
    const socket = await connection();
    socket.write(head + body.slice(0, 100));
    socket.resetAndDestroy();
    expect(await isReady()).toBe(true);
    expect(await bench.ledger.height()).toBe(before);
  });

  test('that says nothing at all keeps nobody from being served', async () => {
    const silent = await Promise.all(Array.from({ length: 200 }, connection));
    expect(await isReady()).toBe(true);
    for (const socket of silent) socket.destroy();
  });
});
