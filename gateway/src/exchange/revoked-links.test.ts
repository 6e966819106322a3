import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sealAnnex } from '@veinledger/client';
import { pino } from 'pino';
import type { ExchangeSection } from '../config/exchange-section.js';
import type { TlsIdentity } from '@veinledger/ledger/fabric-gateway/tls.fixture';
import { GatewayMetrics } from '../telemetry/metrics.js';
import { AnnexVault } from '../vault/annex-vault.js';
import { MemberLink } from './ask-member.js';
import { AnnexExchange } from './exchange.js';
import { AnnexProvider } from './annex-provider.js';
import { LINK, readOwnPair } from './link.js';
import { type ExchangeListener, listenForMembers } from './listener.js';
import { ExchangeMembers } from './members.js';
import { serialNumberOf } from '@veinledger/ledger/certificates';
import { type TlsAuthority, tlsAuthority } from './tls-authority.fixture.js';
import { watchRevocations } from './watch-revocations.js';

const { text, digest } = sealAnnex({ results: [{ check: 'rin', value: 7.8 }] });
const PARTIES = ['HospitalMSP', 'LabMSP'];

/** A member's own files, and what its gateway logged and counted. */
interface Side {
  readonly mspId: string;
  readonly authority: TlsAuthority;
  readonly identity: TlsIdentity;
  readonly metrics: GatewayMetrics;
  readonly lines: Record<string, unknown>[];
}

describe('a stolen exchange certificate', () => {
  let folder: string;
  let hospital: Side;
  let lab: Side;
  /** the lab's gateway, which gives, and its vault */
  let listener: ExchangeListener;
  let labVault: AnnexVault;
  let given = 0;
  const closing: (() => unknown)[] = [];

  const fileOf = ({ mspId }: Side, name: string) => join(folder, `${mspId}-${name}`);
  const loggerOf = ({ lines }: Side) =>
    pino(
      { level: 'info' },
      { write: (line) => void lines.push(JSON.parse(line) as object as never) },
    );
  const sectionOf = (side: Side, port = 0): ExchangeSection => ({
    ...{ host: 'localhost', port, timeoutSeconds: 2, gatherMinutes: 0 },
    tls: { certificate: fileOf(side, 'cert.pem'), privateKey: fileOf(side, 'key.pem') },
    members: [hospital, lab].map((member) => ({
      ...{ mspId: member.mspId, url: 'https://localhost:1' },
      ...{ tlsCa: fileOf(member, 'ca.pem'), crl: fileOf(member, 'crl.pem') },
    })),
  });
  const revoke = async (side: Side, ...revoked: readonly TlsIdentity[]) =>
    writeFile(
      fileOf(side, 'crl.pem'),
      await side.authority.list({ revoked: revoked.map(({ certificate }) => certificate) }),
    );

  async function newSide(mspId: string): Promise<Side> {
    const authority = await tlsAuthority(`tlsca.${mspId}`);
    const identity = await authority.issue();
    const side = { mspId, authority, identity, metrics: new GatewayMetrics(), lines: [] };
    await writeFile(fileOf(side, 'ca.pem'), authority.certificate);
    await writeFile(fileOf(side, 'cert.pem'), identity.certificate);
    await writeFile(fileOf(side, 'key.pem'), identity.privateKey);
    await writeFile(fileOf(side, 'crl.pem'), await authority.list());
    return side;
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-revoked-'));
    [hospital, lab] = [await newSide('HospitalMSP'), await newSide('LabMSP')];
    labVault = await AnnexVault.open(join(folder, 'lab'));
    await labVault.put(digest, text, { commandId: 'command-1', organisation: 'LabMSP' });
    given = 0;
    const { metrics } = lab;
    const logger = loggerOf(lab);
    const members = await ExchangeMembers.read(sectionOf(lab), logger);
    const vault = {
      findWhole: (asked: string) => {
        given += 1;
        return labVault.findWhole(asked);
      },
    };
    const parties = { givenNow: () => Promise.resolve(PARTIES) };
    const giving = new AnnexProvider({ vault, parties, metrics, logger });
    const section = sectionOf(lab);
    listener = await listenForMembers({
      ...{ section, operator: 'LabMSP', members, giving, metrics, logger },
    });
    closing.push(() => listener.close());
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await rm(folder, { recursive: true });
  });

  /** The hospital's gateway, which asks the lab's. */
  async function hospitalAsks(): Promise<{
    readonly link: MemberLink;
    readonly ask: () => Promise<string>;
  }> {
    const logger = loggerOf(hospital);
    const members = await ExchangeMembers.read(sectionOf(hospital), logger);
    const own = await readOwnPair(sectionOf(hospital), members, 'HospitalMSP');
    const known = members.all.find(({ mspId }) => mspId === 'LabMSP');
    if (!known) throw new Error('the lab is no member');
    const link = new MemberLink({ ...known, url: listener.url }, own, 2000);
    closing.push(() => link.close());
    const exchange = new AnnexExchange({
      operator: 'HospitalMSP',
      vault: await AnnexVault.open(await mkdtemp(join(folder, 'hospital-'))),
      index: {
        origins: () => Promise.resolve([{ commandId: 'command-1', organisation: 'LabMSP' }]),
        digests: () => Promise.resolve([digest]),
      },
      parties: { entitled: () => Promise.resolve(PARTIES) },
      therapies: { parties: () => Promise.resolve(PARTIES) },
      links: () => Promise.resolve([link]),
      metrics: hospital.metrics,
      logger,
    });
    return { link, ask: () => exchange.fetch(digest) };
  }

  /** Who stole a hospital's certificate, and asks with it over one connection that stays open. */
  function thief({ certificate: cert, privateKey: key }: TlsIdentity) {
    const ca = lab.authority.certificate;
    const agent = new Agent({ ...LINK, cert, key, ca, keepAlive: true, maxSockets: 1 });
    closing.push(() => agent.destroy());
    return async () => {
      const asked = request(new URL(`/annexes/${digest}`, listener.url), { agent }).end();
      const answer = await new Promise<IncomingMessage>((done, failed) =>
        asked.once('response', done).once('error', failed),
      );
      const { statusCode: status } = answer;
      return { status, body: await textOf(answer), reused: asked.reusedSocket };
    };
  }

  const countedBy = async ({ metrics }: Side) => (await metrics.text()).text;

  test('is given nothing once its authority revoked it, not on a connection that is open either', async () => {
    const ask = thief(hospital.identity);
    expect(await ask()).toMatchObject({ status: 200, body: text, reused: false });
    await revoke(hospital, hospital.identity);
    const answer = await ask();
    expect(answer).toMatchObject({ status: 403, reused: true });
    const serial = serialNumberOf(new X509Certificate(hospital.identity.certificate).serialNumber);
    const reason: unknown = expect.stringMatching(
      new RegExp(`^certificate ${serial} was revoked at 20.*Z: keyCompromise$`),
    );
    expect(JSON.parse(answer.body)).toMatchObject({
      code: 'CERTIFICATE_REVOKED',
      field: 'certificate',
      expected: 'one that is not on the revocation list of HospitalMSP',
      found: reason,
    });
    expect(answer.body).not.toContain('salt');
    const result = 'CERTIFICATE_REVOKED';
    expect(lab.lines.filter(({ msg }) => msg === 'annex not given')).toEqual([
      expect.objectContaining({ level: 40, member: 'HospitalMSP', digest, result, reason }),
    ]);
    expect(await countedBy(lab)).toContain(
      'direction="given",member="HospitalMSP",result="CERTIFICATE_REVOKED"} 1',
    );
    // neither on a new one, which takes the session of the other up again
    expect(await ask()).toMatchObject({ status: 403, reused: false });
    expect(given).toBe(1);
  });

  test('leaves its member the one that it got instead', async () => {
    const instead = await hospital.authority.issue();
    await revoke(hospital, hospital.identity);
    expect(await thief(hospital.identity)()).toMatchObject({ status: 403 });
    expect(await thief(instead)()).toMatchObject({ status: 200, body: text });
    await writeFile(fileOf(hospital, 'cert.pem'), instead.certificate);
    await writeFile(fileOf(hospital, 'key.pem'), instead.privateKey);
    expect(await (await hospitalAsks()).ask()).toBe(text);
  });

  test('is asked nothing once its authority revoked it, not over a connection that is open either', async () => {
    const { link, ask } = await hospitalAsks();
    expect(await link.ask(digest)).toBe(text);
    await revoke(lab, lab.identity);
    // the lab's own list is the hospital's copy here: whoever answers is the thief
    const told = { found: 'LabMSP showed a revoked certificate', status: 503 };
    await expect(ask()).rejects.toMatchObject({ details: told });
    await expect(link.ask(digest)).rejects.toMatchObject({ fault: 'revoked' });
    expect(given).toBe(1);
    expect(hospital.lines.filter(({ msg }) => msg === 'annex not fetched')).toEqual([
      expect.objectContaining({
        ...{ level: 40, member: 'LabMSP', digest, result: 'revoked' },
        reason: expect.stringMatching(/^exchange: certificate [0-9a-f]+ was revoked at 20/),
      }),
    ]);
    expect(await countedBy(hospital)).toContain(
      'direction="fetched",member="LabMSP",result="revoked"} 1',
    );
  });

  test('is asked nothing by a gateway that starts after it was revoked', async () => {
    await revoke(lab, lab.identity);
    const { ask } = await hospitalAsks();
    await expect(ask()).rejects.toMatchObject({
      details: { found: 'LabMSP showed a revoked certificate' },
    });
    expect(given).toBe(0);
  });

  test('is not taken by its own member’s gateway', async () => {
    await revoke(hospital, hospital.identity);
    await expect(hospitalAsks()).rejects.toThrow(
      /exchange\.tls\.certificate: .*HospitalMSP-cert\.pem: expected one that counts, found that certificate .* was revoked at/,
    );
  });

  test('is on a list of which the metrics tell when it is overdue', async () => {
    const members = await ExchangeMembers.read(sectionOf(lab), loggerOf(lab));
    const stop = watchRevocations(members, lab.metrics);
    const [first] = members.all;
    const due = (first?.revocations?.nextUpdate.getTime() ?? 0) / 1000;
    expect(await countedBy(lab)).toContain(
      `veinledger_exchange_crl_next_update_seconds{member="HospitalMSP"} ${due}`,
    );
    stop();
    expect(await countedBy(lab)).not.toContain('crl_next_update');
  });
});
