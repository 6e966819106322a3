import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as x509 from '@peculiar/x509';
import { pino } from 'pino';
import { RevocationFile } from './revocation-file.js';
import { serialNumberOf } from '@veinledger/ledger/certificates';
import { type TlsAuthority, tlsAuthority } from './tls-authority.fixture.js';

const DELTA_INDICATOR = '2.5.29.27';

describe('the revocation list of a member’s TLS authority', () => {
  let folder: string;
  let file: string;
  let lab: TlsAuthority;
  const lines: Record<string, unknown>[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
  const logger = pino({ level: 'info' }, { write });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-crl-'));
    file = join(folder, 'lab.crl');
    lab = await tlsAuthority('tlsca.lab.example');
    lines.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  function open(...authorities: readonly TlsAuthority[]): Promise<RevocationFile> {
    const trusted = authorities.map(({ certificate }) => new X509Certificate(certificate));
    return RevocationFile.open({ member: 'LabMSP', file, authorities: trusted, logger });
  }

  test.each<[string, RegExp, () => Promise<string>]>([
    [
      'is another authority’s',
      /lab\.crl: expected a list signed by CN=tlsca\.lab\.example, found one of CN=tlsca\.payer\.example$/,
      async () => (await tlsAuthority('tlsca.payer.example')).list(),
    ],
    [
      'bears the authority’s name and not its signature',
      /lab\.crl: expected a list signed by CN=tlsca\.lab\.example, found a signature by another key$/,
      async () => (await tlsAuthority('tlsca.lab.example')).list(),
    ],
    [
      'is no PEM',
      /lab\.crl: expected a revocation list, PEM \(X509 CRL\), found no PEM$/,
      () => Promise.resolve('revoked: none'),
    ],
    [
      'is a certificate',
      /lab\.crl: expected a revocation list, PEM \(X509 CRL\), found CERTIFICATE$/,
      () => Promise.resolve(lab.certificate),
    ],
    [
      'cannot be decoded',
      /lab\.crl: expected a revocation list, PEM \(X509 CRL\), found what cannot be decoded$/,
      () => Promise.resolve('-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n'),
    ],
    [
      'is overdue',
      /lab\.crl: expected a nextUpdate after 20.*Z, found 2026-01-01T00:00:00\.000Z$/,
      () => lab.list({ nextUpdate: new Date('2026-01-01T00:00:00Z') }),
    ],
    [
      'does not say when the next one comes',
      /lab\.crl: expected a nextUpdate after 20.*Z, found none$/,
      () => lab.list({ nextUpdate: null }),
    ],
    [
      'tells changes only',
      /lab\.crl: expected a complete list, found the critical extension 2\.5\.29\.27$/,
      () => {
        const base = new Uint8Array([0x02, 0x01, 0x01]);
        return lab.list({ extensions: [new x509.Extension(DELTA_INDICATOR, true, base)] });
      },
    ],
  ])('is not taken when it %s', async (_, told, list) => {
    await writeFile(file, await list());
    await expect(open(lab)).rejects.toThrow(told);
  });

  test('is not taken when it is not there, or when one authority of several has none', async () => {
    await expect(open(lab)).rejects.toThrow(
      `exchange.members: crl of LabMSP: ${file} cannot be read`,
    );
    await writeFile(file, await lab.list());
    const second = await tlsAuthority('tlsca2.lab.example');
    await expect(open(lab, second)).rejects.toThrow(
      /expected a list of each authority in tlsCa, found none of CN=tlsca2\.lab\.example$/,
    );
    await writeFile(file, `${await lab.list()}\n${await second.list()}`);
    await expect(open(lab, second)).resolves.toBeDefined();
  });

  test('revokes what it names, an authority below another one with all that it certified', async () => {
    const below = await lab.issueAuthority('tlsca.gateways.lab.example');
    const [kept, lost, indirect] = [await lab.issue(), await lab.issue(), await below.issue()];
    await writeFile(
      file,
      `${await lab.list({ revoked: [lost.certificate] })}\n${await below.list()}`,
    );
    const revocations = await open(lab, below);
    const revocationOf = ({ certificate }: { readonly certificate: string }) =>
      revocations.revocationOf(new X509Certificate(certificate));
    expect(revocationOf(kept)).toBeUndefined();
    expect(revocationOf(indirect)).toBeUndefined();
    expect(revocationOf(lost)).toMatchObject({ reason: 'keyCompromise' });
    const all = [lost.certificate, below.certificate];
    await writeFile(file, `${await lab.list({ revoked: all })}\n${await below.list()}`);
    await revocations.look();
    expect(revocationOf(kept)).toBeUndefined();
    expect(revocationOf(indirect)?.serialNumber).toBe(
      serialNumberOf(new X509Certificate(below.certificate).serialNumber),
    );
  });

  test('stays when what comes after it is bad, and the log says why', async () => {
    const lost = await lab.issue();
    await writeFile(file, await lab.list({ revoked: [lost.certificate] }));
    const revocations = await open(lab);
    for (const bad of ['', await (await tlsAuthority('tlsca.payer.example')).list()]) {
      await writeFile(file, bad);
      await revocations.look();
      await revocations.look();
      expect(revocations.revocationOf(new X509Certificate(lost.certificate))).toBeDefined();
    }
    await rm(file);
    await revocations.look();
    expect(revocations.revocationOf(new X509Certificate(lost.certificate))).toBeDefined();
    const setting = `exchange.members: crl of LabMSP: ${file}`;
    expect(lines.map(({ level, reason }) => [level, reason])).toEqual([
      [50, `${setting}: expected a revocation list, PEM (X509 CRL), found no PEM`],
      [
        50,
        `${setting}: expected a list signed by CN=tlsca.lab.example, found one of CN=tlsca.payer.example`,
      ],
      [50, `${setting} cannot be read`],
    ]);
  });

  test('still counts once it is overdue, and each look at it is logged', async () => {
    const [kept, lost] = [await lab.issue(), await lab.issue()];
    // a list's times are whole seconds
    const nextUpdate = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
    await writeFile(file, await lab.list({ revoked: [lost.certificate], nextUpdate }));
    const revocations = await open(lab);
    expect(revocations.nextUpdate).toEqual(nextUpdate);
    expect(revocations.revocationOf(new X509Certificate(kept.certificate))).toBeUndefined();
    expect(lines).toEqual([]);
    while (Date.now() < nextUpdate.getTime()) await new Promise((done) => setTimeout(done, 50));
    await revocations.look();
    expect(revocations.revocationOf(new X509Certificate(kept.certificate))).toBeUndefined();
    expect(revocations.revocationOf(new X509Certificate(lost.certificate))).toBeDefined();
    const overdue = { level: 40, member: 'LabMSP', file, nextUpdate: nextUpdate.toISOString() };
    expect(lines).toEqual([expect.objectContaining(overdue), expect.objectContaining(overdue)]);
  });
});
