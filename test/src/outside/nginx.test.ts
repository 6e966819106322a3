import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Cast, enrolCast, HttpSubmitter, lot, openForBusiness, send } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { issueBearerToken } from '@veinledger/client/node';
import { createCertificateAuthority, issueTlsCertificate } from '@veinledger/network/identities';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';
import { until } from '../support/until.js';
import { freePort, type RunningNginx, startNginx } from './nginx.fixture.js';

const NAME = 'veinledger.hospital.example';
const REGISTER_LOT = 'manufacturing:RegisterLot';
const LOT = lot('EX-9');
const YEAR_MS = 365 * 24 * 3600 * 1000;
const ANOTHER = lot('EX-10');

let folder: string;
let bench: GatewayBench;
let cast: Cast;
let submitter: HttpSubmitter;
let authority: string;
const running: RunningNginx[] = [];
const hops = { one: 0, two: 0 };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-nginx-'));
  bench = await gatewayBench({
    environment: 'production',
    behindProxy: 2,
    rateLimit: { failuresPerMinute: 1 },
  });
  submitter = new HttpSubmitter({ url: bench.gateway.url, network: bench.consortium.root.network });
  await openForBusiness(submitter, bench.consortium);
  cast = await enrolCast(submitter, bench.consortium);
  await register(LOT);
  await certify();
  [hops.one, hops.two] = [await freePort(), await freePort()];
  const tls = ['/etc/veinledger/tls', folder] as const;
  const { host } = new URL(bench.gateway.url);
  const inside = join(folder, 'one');
  running.push(
    await startNginx(inside, 'veinledger.conf', hops.one, [tls, ['127.0.0.1:8080', host]]),
  );
  const next = ['veinledger.inside.hospital.example:443', `127.0.0.1:${hops.one}`] as const;
  running.push(
    await startNginx(join(folder, 'two'), 'veinledger-perimeter.conf', hops.two, [tls, next]),
  );
});
afterAll(async () => {
  for (const nginx of running) await nginx.stop();
  await bench.close();
  await rm(folder, { recursive: true });
});

async function register(id: string): Promise<void> {
  const expiry = new Date(Date.now() + YEAR_MS).toISOString();
  await send(submitter, cast.labTechnician, {
    type: REGISTER_LOT,
    body: { lot: id, kind: 'extraction-kit', expiry },
  });
}

async function certify(): Promise<void> {
  const ca = await createCertificateAuthority('HospitalMSP', 'ca.hospital.example');
  const issued = await issueTlsCertificate({ authority: ca, commonName: NAME, ipAddresses: [] });
  authority = ca.certificate;
  await writeFile(join(folder, 'fullchain.pem'), issued.certificate);
  await writeFile(join(folder, 'key.pem'), issued.privateKey);
  await writeFile(join(folder, 'inside-ca.pem'), ca.certificate);
}

interface Asking {
  readonly body?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** the address that the call comes from */
  readonly from?: string;
}

/** Asks the outermost proxy, with the path as it is written. */
function ask(path: string, { token, headers = {}, from = '127.0.0.1', body }: Asking = {}) {
  const method = body === undefined ? 'GET' : 'POST';
  const shown = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return new Promise<IncomingMessage>((resolve, reject) => {
    const { two: port } = hops;
    const tls = { ca: authority, servername: NAME, localAddress: from, agent: false } as const;
    request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        ...tls,
        headers: { host: NAME, ...shown, ...headers },
      },
      resolve,
    )
      .once('error', reject)
      .end(body);
  });
}

const tokenOf = ({ id, keys }: Cast['auditor']) =>
  issueBearerToken(keys, { actor: id, audience: bench.gateway.url });

describe('through two proxies as the examples have them', () => {
  test('a Digital Link in a path names what it names, its slashes encoded or plain', async () => {
    const token = await tokenOf(cast.auditor);
    for (const link of [encodeURIComponent(LOT), LOT, LOT.replace('//', '/')]) {
      const answer = await ask(`/v1/lots/${link}`, { token });
      expect([link, answer.statusCode, JSON.parse(await text(answer))]).toEqual([
        link,
        200,
        expect.objectContaining({ id: LOT }),
      ]);
    }
  });

  test('an event comes while its stream is open', async () => {
    const stream = await ask('/v1/events', { token: await tokenOf(cast.auditor) });
    expect(stream.headers['content-type']).toMatch(/^text\/event-stream/);
    let heard = '';
    for await (const piece of stream.setEncoding('utf8') as AsyncIterable<string>) {
      // the opening came: only then is there something to tell
      if (heard === '') await register(ANOTHER);
      heard += piece;
      if (heard.includes(REGISTER_LOT)) break;
    }
    expect(heard).toContain(REGISTER_LOT);
  });

  test('callers are told apart, whatever address they claim', async () => {
    const called = async (from: string, headers = {}) =>
      (await ask('/v1/ledger', { from, headers })).statusCode;
    expect(await called('127.0.0.2')).toBe(401);
    expect(await called('127.0.0.2')).toBe(429);
    expect(await called('127.0.0.2', { 'x-forwarded-for': '203.0.113.9' })).toBe(429);
    expect(await called('127.0.0.3')).toBe(401);
  });

  test('no proxy writes down whose thing was asked for, not even where it fails', async () => {
    const told = () => Promise.all(running.map(async (nginx) => (await nginx.log()).split('\n')));
    const before = (await told()).map((lines) => lines.length);
    const secret = 'of-a-patient';
    await text(await ask(`/v1/actors/${secret}`, { token: await tokenOf(cast.auditor) }));
    await text(await ask(`/trace/${'k'.repeat(43)}?${secret}`));
    await until('both proxies to log both calls', async () =>
      (await told()).every((lines, index) => lines.length >= (before[index] ?? 0) + 2),
    );
    for (const nginx of running) expect(await nginx.log()).not.toMatch(/of-a-patient|kkkk/);
  });

  test('no proxy writes a body to its disk', async () => {
    for (const nginx of running) await nginx.takeDisk();
    const token = await tokenOf(cast.auditor);
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ jws: 'a'.repeat(100_000), annexes: {} });
    const answer = await ask('/v1/commands', { token, headers, body });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.statusCode).toBe(400);
  });

  test('what is too large is told by the gateway', async () => {
    const token = await tokenOf(cast.auditor);
    const long = await ask(`/v1/actors/${'a'.repeat(8300)}`, { token });
    expect(JSON.parse(await text(long))).toMatchObject({ code: 'URL_TOO_LONG' });
  });
});
