import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { generateActorKeys, issueBearerToken } from '@veinledger/client/node';
import { clinician, KNOWN } from '../gateway.fixture.js';
import { LedgerError } from '@veinledger/ledger';
import { type ScriptedGateway, scriptedGateway } from '../scripted-gateway.fixture.js';

let scripted: ScriptedGateway | undefined;
afterEach(async () => {
  await scripted?.remove();
  scripted = undefined;
});

const problemIn = async (response: Response) => {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return [response.status, ((await response.json()) as { code: string }).code];
};

/** A token under keys that nobody enrolled. */
const forgedToken = (audience: string, actor: string) =>
  issueBearerToken(generateActorKeys(), { actor, audience });

/** What the gateway says to bytes that no HTTP client would send. */
async function saying(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text);
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  await once(socket, 'close');
  return answer;
}

describe('a caller who asks more often than it may', () => {
  test('is told how long to wait, and another caller is not', async () => {
    scripted = await scriptedGateway({ rateLimit: { perMinute: 1, burst: 3 } });
    const left: (string | null)[] = [];
    for (let call = 0; call < 3; call += 1) {
      const response = await scripted.call('/v1/ledger');
      expect(response.status).toBe(200);
      left.push(response.headers.get('ratelimit-remaining'));
    }
    expect(left).toEqual(['2', '1', '0']);
    const refused = await scripted.call('/v1/ledger');
    expect(await problemIn(refused)).toEqual([429, 'RATE_LIMITED']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(30);
    expect(refused.headers.get('ratelimit-limit')).toBe('3');
    expect((await fetch(`${scripted.gateway.url}/v1/openapi.json`)).status).not.toBe(429);
  });

  test('may not read what is public without end either, and may always ask for health', async () => {
    scripted = await scriptedGateway({ rateLimit: { perMinute: 1, burst: 2 } });
    const { url } = scripted.gateway;
    const statuses: number[] = [];
    for (let call = 0; call < 3; call += 1) statuses.push((await fetch(`${url}/docs`)).status);
    expect(statuses).toEqual([200, 200, 429]);
    for (let call = 0; call < 5; call += 1) {
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
    }
  });

  test('is told to pause where too many calls showed no valid token, and nobody else there is', async () => {
    scripted = await scriptedGateway({ rateLimit: { failuresPerMinute: 2 } });
    const { url } = scripted.gateway;
    for (let call = 0; call < 2; call += 1) {
      expect((await fetch(`${url}/v1/ledger`)).status).toBe(401);
    }
    expect(await problemIn(await fetch(`${url}/v1/ledger`))).toEqual([429, 'RATE_LIMITED']);
    const forged = { headers: { authorization: `Bearer ${await forgedToken(url, clinician.id)}` } };
    expect((await fetch(`${url}/v1/ledger`, forged)).status).toBe(429);
    for (let call = 0; call < 3; call += 1) {
      expect((await scripted.call('/v1/ledger')).status).toBe(200);
    }
  });

  test('has forged tokens judged a few at a time, while those who were verified, or are known, do not wait', async () => {
    let answer = (): void => undefined;
    const answered = new Promise<void>((done) => (answer = done));
    let asked = 0;
    let eight = (): void => undefined;
    const eightAsked = new Promise<void>((done) => (eight = done));
    scripted = await scriptedGateway(
      { rateLimit: { failuresPerMinute: 1 } },
      {
        evaluate: async ({ function: name, args: [id] }) => {
          if (id?.startsWith('nobody') === true) {
            asked += 1;
            if (asked === 8) eight();
            await answered;
            throw new LedgerError('contract', 'NOT_FOUND: no such actor {}');
          }
          return JSON.stringify(KNOWN[name]);
        },
        listen: () => () => undefined,
      },
    );
    const { url } = scripted.gateway;
    const token = await issueBearerToken(clinician.keys, { actor: clinician.id, audience: url });
    const valid = { headers: { authorization: `Bearer ${token}` } };
    expect((await fetch(`${url}/v1/ledger`, valid)).status).toBe(200);
    expect((await fetch(`${url}/v1/ledger`)).status).toBe(401);
    const flood = Array.from({ length: 20 }, async (_, index) => {
      const authorization = `Bearer ${await forgedToken(url, `nobody.${index}`)}`;
      return (await fetch(`${url}/v1/ledger`, { headers: { authorization } })).status;
    });
    await eightAsked;
    expect((await fetch(`${url}/v1/ledger`, valid)).status).toBe(200);
    const signal = AbortSignal.timeout(20_000);
    expect((await scripted.call('/v1/ledger', { signal })).status).toBe(200);
    expect(asked).toBe(8);
    answer();
    expect(new Set(await Promise.all(flood))).toEqual(new Set([429]));
    expect(asked).toBe(20);
  });

  test('does not use up the links to traces of others at its address', async () => {
    scripted = await scriptedGateway({ rateLimit: { perMinute: 1, burst: 2 } });
    const { url } = scripted.gateway;
    const open = async (ticket: string) => (await fetch(`${url}/trace/${ticket}`)).status;
    for (let call = 0; call < 5; call += 1) await open('A'.repeat(42) + String(call));
    const ticket = 'B'.repeat(43);
    expect([await open(ticket), await open(ticket), await open(ticket)]).toEqual([404, 404, 429]);
  });

  test('is told apart by the address that the proxy in front names, where there is one', async () => {
    scripted = await scriptedGateway({ behindProxy: true, rateLimit: { failuresPerMinute: 1 } });
    const { url } = scripted.gateway;
    const from = (address: string) =>
      fetch(`${url}/v1/ledger`, { headers: { 'x-forwarded-for': address } });
    expect((await from('203.0.113.7')).status).toBe(401);
    expect((await from('203.0.113.7')).status).toBe(429);
    expect((await from('203.0.113.8')).status).toBe(401);
    // one household of IPv6 is one caller; what stands further left a caller may have written itself
    expect((await from('2001:db8:1:2::1')).status).toBe(401);
    expect((await from('203.0.113.9, 2001:db8:1:2:aaaa::1')).status).toBe(429);
  });

  test('is told apart through as many proxies as stand in front, and no more', async () => {
    scripted = await scriptedGateway({ behindProxy: 2, rateLimit: { failuresPerMinute: 1 } });
    const { url } = scripted.gateway;
    const from = async (...addresses: readonly string[]) =>
      (await fetch(`${url}/v1/ledger`, { headers: { 'x-forwarded-for': addresses.join(', ') } }))
        .status;
    const outer = '10.0.0.1';
    expect(await from('203.0.113.7', outer)).toBe(401);
    expect(await from('203.0.113.8', outer)).toBe(401);
    expect(await from('203.0.113.9', '203.0.113.7', outer)).toBe(429);
  });

  test('cannot name another address where no proxy is configured', async () => {
    scripted = await scriptedGateway({ rateLimit: { failuresPerMinute: 1 } });
    const { url } = scripted.gateway;
    const from = (address: string) =>
      fetch(`${url}/v1/ledger`, { headers: { 'x-forwarded-for': address } });
    expect((await from('203.0.113.7')).status).toBe(401);
    expect((await from('203.0.113.8')).status).toBe(429);
  });
});

describe('a request that is larger than the gateway reads', () => {
  test('by its URL', async () => {
    scripted = await scriptedGateway();
    const long = await fetch(`${scripted.gateway.url}/v1/actors/${'a'.repeat(8300)}`);
    expect(await problemIn(long)).toEqual([414, 'URL_TOO_LONG']);
  });

  test('by its headers', async () => {
    scripted = await scriptedGateway();
    const head = `GET /health/live HTTP/1.1\r\nhost: x\r\nx-long: ${'a'.repeat(20_000)}\r\n\r\n`;
    const answer = await saying(scripted.gateway.url, head);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toMatch(/content-type: application\/problem\+json/);
    expect(answer).toContain('"code":"HEADERS_TOO_LARGE"');
  });

  test('by its body, once inflated, and the sooner where nobody is known to send it', async () => {
    const keystore = await mkdtemp(join(tmpdir(), 'veinledger-keystore-'));
    scripted = await scriptedGateway({ keystore });
    const sent = (bytes: number) => ({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: gzipSync(JSON.stringify({ ticket: ' '.repeat(bytes) })),
    });
    const { url } = scripted.gateway;
    const stranger = await fetch(`${url}/v1/keystore/entries`, sent(20_000));
    expect([stranger.status, await stranger.json()]).toMatchObject([
      413,
      { code: 'BODY_TOO_LARGE', expected: 'at most 16 KiB, inflated' },
    ]);
    expect(await problemIn(await scripted.call('/v1/commands', sent(20_000)))).toEqual([
      400,
      'INVALID_REQUEST',
    ]);
    const caller = await scripted.call('/v1/commands', sent(1_100_000));
    expect(await caller.json()).toMatchObject({ expected: 'at most 1024 KiB, inflated' });
    await rm(keystore, { recursive: true });
  });

  test('or is no request at all', async () => {
    scripted = await scriptedGateway();
    const answer = await saying(scripted.gateway.url, 'patient-7 wants to talk\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"MALFORMED_HTTP"');
    expect(scripted.logged).toContain('MALFORMED_HTTP');
    expect(scripted.logged).not.toContain('patient-7');
  });
});

describe('a request whose target is no path', () => {
  const asking = async (target: string) => {
    scripted ??= await scriptedGateway();
    const head = `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;
    const answer = await saying(scripted.gateway.url, head);
    return [answer.slice(9, 12), /"code":"([A-Z_]+)"/.exec(answer)?.[1]];
  };

  test('but a whole URL is taken by its path, with all that is asked there', async () => {
    expect(await asking('http://gateway.example/health/live')).toEqual(['200', undefined]);
    expect(await asking('https://gateway.example/v1/ledger')).toEqual(['401', 'TOKEN_MISSING']);
  });

  test.each(['http://', 'http://gateway.example', 'http://gateway.example?v1'])(
    'nor holds one is taken by the first path that there is: %s',
    async (target) => {
      expect(await asking(target)).toEqual(['302', undefined]);
    },
  );

  test('and no URL is told in the gateway’s own words that there is no such route', async () => {
    expect(await asking('*')).toEqual(['404', 'UNKNOWN_ROUTE']);
  });
});

describe('a page of another origin', () => {
  const origin = 'https://wards.example';
  const preflight = (url: string) =>
    fetch(`${url}/v1/ledger`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    });

  test('is not let in unless its origin is configured', async () => {
    scripted = await scriptedGateway();
    const response = await preflight(scripted.gateway.url);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.ok).toBe(false);
  });

  test('is let in where it is, with a token and without cookies; another one is not', async () => {
    scripted = await scriptedGateway({ corsOrigins: [`${origin}/`, 'https://other.example'] });
    const response = await preflight(scripted.gateway.url);
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
    const foreign = await scripted.call('/v1/ledger', {
      headers: { origin: 'https://evil.example' },
    });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });
});
