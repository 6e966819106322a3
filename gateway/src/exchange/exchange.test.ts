import { mkdtemp, rm } from 'node:fs/promises';
import { type RequestListener, type Server } from 'node:http';
import { createServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sealAnnex } from '@veinledger/client';
import { pino } from 'pino';
import { selfSigned, type TlsIdentity } from '@veinledger/ledger/fabric-gateway/tls.fixture';
import { GatewayMetrics } from '../telemetry/metrics.js';
import { AnnexVault } from '../vault/annex-vault.js';
import { MemberLink } from './ask-member.js';
import { AnnexExchange } from './exchange.js';
import { Gathering } from './gathering.js';
import { LINK } from './link.js';
import { ExchangeMembers } from './members.js';

const { text, digest } = sealAnnex({ results: [{ check: 'rin', value: 7.8 }] });
const other = sealAnnex({ results: [{ check: 'rin', value: 2.1 }] });
const PARTIES = ['HospitalMSP', 'LabMSP', 'ManufacturerMSP'];

/** A member's gateway that answers as a test says, over the link that all members use. */
async function scriptedMember(
  identity: TlsIdentity,
  answer: RequestListener,
  tls: object = LINK,
): Promise<Server> {
  const { certificate: cert, privateKey: key } = identity;
  const server = createServer({ cert, key, ...tls }, answer);
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return server;
}

describe('an annex that other members are asked for', () => {
  let folder: string;
  let vault: AnnexVault;
  let own: TlsIdentity;
  let lab: TlsIdentity;
  const servers: Server[] = [];
  const links: MemberLink[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-exchange-'));
    vault = await AnnexVault.open(folder);
    own = await selfSigned('localhost');
    lab = await selfSigned('localhost');
  });
  afterEach(async () => {
    for (const link of links.splice(0)) link.close();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    await rm(folder, { recursive: true });
  });

  /** A link to a member of that name which answers as the test says. */
  async function member(
    mspId: string,
    answer: RequestListener,
    { tls, trusted = lab }: { tls?: object; trusted?: TlsIdentity } = {},
  ): Promise<MemberLink> {
    const server = await scriptedMember(lab, answer, tls);
    servers.push(server);
    const { port } = server.address() as AddressInfo;
    const { certificate: cert, privateKey: key } = own;
    const authorities = [new X509Certificate(trusted.certificate)];
    const known = { mspId, url: `https://localhost:${port}`, authorities };
    const link = new MemberLink(known, { cert, key }, 300);
    links.push(link);
    return link;
  }

  function exchangeWith(...asked: readonly Pick<MemberLink, 'member' | 'ask'>[]): AnnexExchange {
    return new AnnexExchange({
      operator: 'HospitalMSP',
      vault,
      index: {
        origins: () => Promise.resolve([{ commandId: 'command-1', organisation: 'LabMSP' }]),
        digests: () => Promise.resolve([digest]),
      },
      parties: { entitled: () => Promise.resolve(PARTIES) },
      therapies: { parties: () => Promise.resolve(PARTIES) },
      links: () => Promise.resolve(asked),
      metrics: new GatewayMetrics(),
      logger: pino({ level: 'silent' }),
    });
  }

  const answering =
    (body: string, status = 200): RequestListener =>
    (_request, response) => {
      response.writeHead(status).end(body);
    };

  test('is held against its digest and not kept, where somebody here is told it for a time', async () => {
    const wrong = await member('HospitalMSP', answering(other.text));
    const exchange = exchangeWith(wrong, await member('LabMSP', answering(text)));
    expect(await exchange.borrow(digest, ['HospitalMSP', 'LabMSP'])).toBe(text);
    expect(await vault.findWhole(digest)).toBeUndefined();
    await expect(exchange.borrow(digest, ['HospitalMSP'])).rejects.toMatchObject({
      details: { code: 'ANNEX_UNAVAILABLE' },
    });
  });

  test.each([
    ['answered another annex', 502, answering(other.text)],
    ['answered what is no annex', 502, answering('<html>')],
    ['answered what is no annex', 502, answering('', 500)],
    ['answered more than an annex may hold', 502, answering('x'.repeat(1024 * 1024 + 1))],
    ['does not hold it', 502, answering('{}', 404)],
    ['refuses to give it', 502, answering('{}', 403)],
    ['did not answer in time', 503, () => undefined],
    ['cannot be reached', 503, (request) => request.socket.destroy()],
  ] satisfies [string, number, RequestListener][])(
    'is asked of the next one when one %s',
    async (told, status, answer) => {
      const failing = await member('LabMSP', answer);
      const alone = exchangeWith(failing).fetch(digest);
      await expect(alone).rejects.toMatchObject({
        details: { status, code: 'ANNEX_UNAVAILABLE', found: `LabMSP ${told}` },
      });
      expect(await vault.get(digest)).toBeUndefined();
      const next = await member('ManufacturerMSP', answering(text));
      expect(await exchangeWith(failing, next).fetch(digest)).toBe(text);
      expect(await vault.get(digest)).toBe(text);
      expect(await vault.unconfirmed(Date.now() + 1000)).toEqual([]);
    },
  );

  test.each<[string, object]>([
    ['its certificate is of another authority', {}],
    ['it agrees on another key exchange', { ecdhCurve: 'X25519' }],
    ['it speaks an older TLS', { maxVersion: 'TLSv1.2' }],
  ])('is not taken from who did not prove to be the member: %s', async (_, tls) => {
    const trusted = Object.keys(tls).length === 0 ? own : lab;
    const stranger = await member('LabMSP', answering(text), { tls, trusted });
    await expect(exchangeWith(stranger).fetch(digest)).rejects.toMatchObject({
      details: { found: 'LabMSP did not prove to be the member' },
    });
  });

  test('is fetched once for all who wait for it', async () => {
    let asked = 0;
    const link = await member('LabMSP', (request, response) => {
      asked += 1;
      answering(text)(request, response);
    });
    const exchange = exchangeWith(link);
    expect(await Promise.all([exchange.fetch(digest), exchange.hold(digest)])).toEqual([
      text,
      text,
    ]);
    expect(asked).toBe(1);
  });

  test('lets a member rest that could not be reached', async () => {
    let asked = 0;
    const link = await member('LabMSP', (request) => {
      asked += 1;
      request.socket.destroy();
    });
    const exchange = exchangeWith(link);
    for (let turn = 0; turn < 3; turn += 1) await expect(exchange.fetch(digest)).rejects.toThrow();
    expect(asked).toBe(1);
  });
});

describe('the vault of a party', () => {
  test('is filled with what it lacks, from time to time, once its member takes part', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'veinledger-gathering-'));
    const vault = await AnnexVault.open(folder);
    const origin = { commandId: 'command-1', organisation: 'LabMSP' };
    let asked = 0;
    const exchange = {
      digests: () => Promise.resolve([digest]),
      // at first its member takes no part in the therapy
      isForeign: () => Promise.resolve((asked += 1) < 3),
      fetch: async () => {
        await vault.put(digest, text, origin);
        return text;
      },
    };
    const gathering = new Gathering(vault, exchange, 0.001, pino({ level: 'silent' }));
    while ((await vault.get(digest)) === undefined) await delay(10);
    await gathering.stop();
    expect(asked).toBe(3);
    await rm(folder, { recursive: true });
  });
});

describe('the members of an exchange', () => {
  test('are told from each other by authority, and so never share one', async () => {
    const { certificate } = await selfSigned('localhost');
    const authorities = [new X509Certificate(certificate)];
    const named = (mspId: string) => ({ mspId, url: 'https://localhost', authorities });
    expect(() => new ExchangeMembers([named('LabMSP'), named('PayerMSP')])).toThrow(
      'LabMSP and PayerMSP name the same TLS authority',
    );
    const stranger = new X509Certificate((await selfSigned('localhost')).certificate);
    const members = new ExchangeMembers([named('LabMSP')]);
    expect(members.memberOf(new X509Certificate(certificate))).toBe('LabMSP');
    expect(members.memberOf(stranger)).toBeUndefined();
  });
});
