import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { registrarOf } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueBearerToken } from '@veinledger/client/node';
import { z } from 'zod';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

/** A body that an operation takes: whoever reads it comes to the signed command, and finds that it is none. */
const BODY = Buffer.from('{"jws":"a"}');
const UNDERSTOOD = [400, 'MALFORMED_JWS', undefined];

const LARGE = Buffer.alloc(16 * 1024 * 1024, ' ');

const problem = z.looseObject({
  code: z.string(),
  field: z.string().optional(),
  expected: z.string().optional(),
});

let bench: GatewayBench;
let token: string;

beforeAll(async () => {
  bench = await gatewayBench();
  const { id, keys } = registrarOf(bench.consortium, 'HospitalMSP');
  token = await issueBearerToken(keys, { actor: id, audience: bench.gateway.url });
});
afterAll(() => bench.close());

async function answerTo(body: Uint8Array<ArrayBuffer>, headers: Record<string, string>) {
  const response = await fetch(`${bench.gateway.url}/v1/commands`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...headers,
    },
    body,
  });
  const { code, field, expected } = problem.parse(await response.json());
  if (field !== undefined && code !== 'MALFORMED_JWS') expect(expected).toMatch(/\w/);
  return [response.status, code, code === 'MALFORMED_JWS' ? undefined : field];
}

/** What is answered to a request that is written byte by byte, before the connection closes. */
async function answerToText(head: readonly string[], body: string): Promise<string> {
  const { hostname, port } = new URL(bench.gateway.url);
  const socket = connect(Number(port), hostname);
  const lines = [
    'POST /v1/commands HTTP/1.1',
    `host: ${hostname}:${port}`,
    `authorization: Bearer ${token}`,
    'content-type: application/json',
    ...head,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  let answer = '';
  for await (const chunk of socket) {
    answer += String(chunk);
    if (answer.endsWith('}')) break;
  }
  return answer;
}

describe('a body', () => {
  test.each([
    ['gzip', gzipSync(BODY)],
    ['deflate', deflateSync(BODY)],
    ['br', brotliCompressSync(BODY)],
    ['zstd', zstdCompressSync(BODY)],
    ['identity', BODY],
    ['GZIP', gzipSync(BODY)],
  ])('compressed as it says is read: %s', async (encoding, body) => {
    expect(await answerTo(Buffer.from(body), { 'content-encoding': encoding })).toEqual(UNDERSTOOD);
  });

  test.each([
    ['gzip', gzipSync(BODY)],
    ['deflate', deflateSync(BODY)],
    ['br', brotliCompressSync(BODY)],
    ['zstd', zstdCompressSync(Buffer.from(`{"jws":"${'ab'.repeat(300)}"}`))],
  ])('that is cut off is the fault of who sent it: %s', async (encoding, body) => {
    for (const length of [1, 5, 12, body.length - 1]) {
      const cut = Buffer.from(body.subarray(0, Math.min(length, body.length - 1)));
      const [status, code, field] = await answerTo(cut, { 'content-encoding': encoding });
      expect([encoding, status, code, field]).toEqual([encoding, 400, 'BODY_CUT_OFF', 'body']);
    }
  });

  test.each(['gzip', 'deflate', 'br', 'zstd'])(
    'that is not compressed as it says is of another type: %s',
    async (encoding) => {
      const answer = await answerTo(BODY, { 'content-encoding': encoding });
      expect(answer).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE', 'content-encoding']);
    },
  );

  test.each(['compress', 'gzip, br', 'utf-8', 'x'])(
    'compressed as nobody reads it is of another type: %s',
    async (encoding) => {
      const answer = await answerTo(BODY, { 'content-encoding': encoding });
      expect(answer).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE', 'content-encoding']);
    },
  );

  test.each([
    ['gzip', Buffer.from(gzipSync(LARGE))],
    ['deflate', Buffer.from(deflateSync(LARGE))],
    ['br', Buffer.from(brotliCompressSync(LARGE))],
    ['zstd', Buffer.from(zstdCompressSync(LARGE))],
  ])('of 16 MiB in a few KiB is too large: %s', async (encoding, body) => {
    const answer = await answerTo(body, { 'content-encoding': encoding });
    expect(answer).toEqual([413, 'BODY_TOO_LARGE', 'body']);
  });

  test.each(['utf-16', 'utf-7', 'utf-99', 'iso-8859-1', 'us-ascii', 'nonsense'])(
    'in another charset than JSON has is of another type: %s',
    async (charset) => {
      const type = `application/json; charset=${charset}`;
      const answer = await answerTo(BODY, { 'content-type': type });
      expect(answer).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE', 'content-type']);
    },
  );

  test('with bytes that are no UTF-8 is no JSON, and nothing in it is replaced', async () => {
    const body = Buffer.concat([Buffer.from('{"jws":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(await answerTo(body, {})).toEqual([400, 'MALFORMED_JSON', 'body']);
  });

  test.each([
    ['a chunk whose size is no number', ['transfer-encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'],
    ['a chunk that is longer than it says', ['transfer-encoding: chunked'], '1\r\n{}\r\n0\r\n\r\n'],
    ['two lengths', ['content-length: 2', 'content-length: 3'], '{}'],
    ['a length below nothing', ['content-length: -2'], '{}'],
    ['a length and chunks', ['content-length: 2', 'transfer-encoding: chunked'], '{}'],
    ['an unknown way of transfer', ['transfer-encoding: sealed'], '{}'],
  ])('with %s is no request', async (_name, head, body) => {
    const answer = await answerToText(head, body);
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*"code":"MALFORMED_HTTP"[^}]*\}$/);
  });

  test('that is shorter than it says, from a client that goes away, troubles nobody', async () => {
    const { hostname, port } = new URL(bench.gateway.url);
    const socket = connect(Number(port), hostname);
    socket.end(
      `POST /v1/commands HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{}`,
    );
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
    expect(await answerTo(BODY, {})).toEqual(UNDERSTOOD);
  });

  test('after which more comes than its length is read, and the rest is no request', async () => {
    const answer = await answerToText([`content-length: ${BODY.length}`], `${String(BODY)}{}{}`);
    expect(answer).toMatch(/^HTTP\/1\.1 400 [^]*MALFORMED_JWS|MALFORMED_HTTP/);
  });
});
