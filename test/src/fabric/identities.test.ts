import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { get, type RequestOptions } from 'node:https';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { channelOf, registrarOf, rootDigestOf, signMessage } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startGateway } from '@veinledger/gateway';
import type { SubmitterIdentity } from '@veinledger/ledger';
import {
  networkStatus,
  renewCertificates,
  revokeIdentity,
  stopNode,
  writeTlsRevocationList,
} from '@veinledger/network';
import { readWallet } from '@veinledger/network/identities';
import { type FabricBench, fabricBench } from '../support/fabric.js';
import { expectError } from '../support/refusals.js';

/** What an ordering node's administration answers over HTTPS. */
async function askAdministration(url: string, tls: RequestOptions): Promise<string> {
  const asked = get(url, tls);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text;
}

const SECONDS = 1000;
const LOOK_MS = 200;
const DAYS_OF_A_YEAR = 366;

describe('identities of members’ own certificate authorities', () => {
  let bench: FabricBench;
  let home: string;

  beforeAll(async () => {
    bench = await fabricBench();
    home = join(bench.home.directory, 'network');
  });
  afterAll(() => bench.close());

  /** What lies in a member's own wallet now. */
  async function identity(mspId: string, label: string): Promise<SubmitterIdentity> {
    const member = bench.connection.members.find((each) => each.mspId === mspId);
    return (await readWallet(member?.walletDir ?? '')).get(mspId, label);
  }

  /** What the chaincode answers an identity. */
  const answer = (submitter: SubmitterIdentity) =>
    bench.ledger.evaluate({ function: 'org.hyperledger.fabric:GetMetadata', args: [], submitter });

  /** Waits until all nodes of a kind have as many blocks. */
  async function level(kind: 'orderer' | 'peer'): Promise<void> {
    const heights = async () =>
      (await networkStatus(home)).filter((node) => node.kind === kind).map(({ height }) => height);
    while (new Set(await heights()).size > 1) await delay(LOOK_MS);
  }

  async function bootstrap(label: string) {
    const registrar = registrarOf(bench.consortium, 'HospitalMSP');
    const body = { root: rootDigestOf(bench.consortium) };
    const { type, jws } = await signMessage(bench.submitter.network, registrar, {
      type: 'registry:Bootstrap',
      body,
    });
    const submitter = await identity('HospitalMSP', label);
    return bench.ledger.submit({ function: type, args: [jws], submitter });
  }

  test('descend from their member alone, and end after a year', async () => {
    for (const { mspId, caCertificate } of bench.connection.members) {
      const root = new X509Certificate(await readFile(caCertificate));
      const held = new X509Certificate((await identity(mspId, 'registrar')).certificate);
      expect(held.verify(root.publicKey)).toBe(true);
      const days = (held.validToDate.getTime() - Date.now()) / (24 * 3600 * SECONDS);
      expect(Math.round(days)).toBe(365);
    }
  });

  test('carry their roles to the chaincode', async () => {
    await expectError(bootstrap('nurse'), 'ROLE_MISSING');
    expect(JSON.parse((await bootstrap('registrar')).result)).toMatchObject({
      decision: 'permitted',
    });
  });

  test('are refused by every peer as soon as their revocation has reached it', async () => {
    const revoked = await identity('PayerMSP', 'payer');
    await answer(revoked);
    const { certificates, channels } = await revokeIdentity({
      ...{ home, member: 'payer', label: 'payer', reissue: true },
    });
    expect({ certificates, channels }).toEqual({
      certificates: 1,
      channels: [{ name: channelOf(bench.connection).name, behind: [] }],
    });
    await expect(answer(revoked)).rejects.toThrow(/access denied/);
    await expect(answer(await identity('PayerMSP', 'registrar'))).resolves.toContain('contracts');
    await expect(answer(await identity('PayerMSP', 'payer'))).resolves.toContain('contracts');
  });

  test('for TLS are on the list that gateways read once they are revoked', async () => {
    const tls = join(home, 'members', 'hospital', 'identities', 'peer', 'tls');
    const certificate = join(tls, 'cert.pem');
    const crl = await writeTlsRevocationList({ home, member: 'hospital' });
    const startWithList = async () => {
      const member = bench.connection.members.find(({ mspId }) => mspId === 'HospitalMSP');
      const exchange = {
        port: 0,
        tls: { certificate, privateKey: join(tls, 'key.pem') },
        members: [
          {
            mspId: 'HospitalMSP',
            url: 'https://127.0.0.1:1',
            tlsCa: join(tls, 'ca-cert.pem'),
            crl,
          },
        ],
      };
      const gateway = await startGateway(
        {
          environment: 'development',
          port: 0,
          vault: join(bench.home.directory, 'vault'),
          wallet: member?.walletDir ?? '',
          operator: 'HospitalMSP',
          logLevel: 'silent',
          exchange,
        },
        { ledger: bench.ledger, root: bench.consortium.root },
      );
      await gateway.close();
    };
    await startWithList();
    expect(await writeTlsRevocationList({ home, member: 'hospital', certificate })).toBe(crl);
    await expect(startWithList()).rejects.toThrow(/was revoked at 20/);
    const other = join(home, 'members', 'lab', 'identities', 'peer', 'tls', 'cert.pem');
    await expect(
      writeTlsRevocationList({ home, member: 'hospital', certificate: other }),
    ).rejects.toThrow('COMMAND_FAILED');
    await writeTlsRevocationList({ home, member: 'hospital' });
    await expect(startWithList()).rejects.toThrow(/was revoked at/);
  });

  test('administer an ordering node only where the authority for that gave them, and no other of the member', async () => {
    const member = join(home, 'members', 'hospital');
    const config = join(member, 'config', 'orderer.hospital', 'orderer.yaml');
    const { Admin: admin } = JSON.parse(await readFile(config, 'utf8')) as {
      readonly Admin: { readonly ListenAddress: string };
    };
    const identities = join(member, 'identities');
    const channelsFor = async (folder: string) => {
      const pair = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
      const tls = {
        ca: await readFile(join(identities, 'orderer', 'tls', 'ca-cert.pem')),
        cert: await readFile(pair.cert),
        key: await readFile(pair.key),
      };
      return askAdministration(`https://${admin.ListenAddress}/participation/v1/channels`, tls);
    };
    const { name } = channelOf(bench.connection);
    expect(await channelsFor(join(identities, 'administration'))).toContain(name);
    for (const other of [join('peer', 'tls'), join('orderer', 'tls'), 'cluster']) {
      await expect(channelsFor(join(identities, other))).rejects.toThrow(/alert|ECONNRESET/);
    }
    const lab = join(home, 'members', 'lab', 'identities', 'administration');
    await expect(channelsFor(lab)).rejects.toThrow(/alert|ECONNRESET/);
  });

  test('that are unknown are not revoked', async () => {
    await expect(revokeIdentity({ home, member: 'payer', label: 'nurse' })).rejects.toThrow(
      "IDENTITY_UNKNOWN: payer: expected one of payer, registrar, relay; found 'nurse'",
    );
  });

  test('are renewed when they are about to end, and what they replace works until it ends', async () => {
    const before = await identity('CourierMSP', 'courier');
    expect(await renewCertificates({ home, member: 'courier', withinDays: 30 })).toEqual([]);
    const renewed = await renewCertificates({
      ...{ home, member: 'courier', withinDays: DAYS_OF_A_YEAR },
    });
    expect(renewed.map(({ name }) => name)).toEqual(['admin', 'courier', 'registrar', 'relay']);
    const after = await identity('CourierMSP', 'courier');
    expect(after.certificate).not.toBe(before.certificate);
    for (const each of [before, after]) await expect(answer(each)).resolves.toContain('contracts');
  });

  test('of nodes are renewed one node after the other, with those of consensus, and the channel goes on', async () => {
    const renewed = await renewCertificates({
      ...{ home, member: 'lab', withinDays: DAYS_OF_A_YEAR },
    });
    expect(renewed.filter(({ left }) => left !== undefined)).toEqual([]);
    expect(renewed.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...['peer', 'peer TLS', 'orderer', 'orderer TLS', 'orderer cluster TLS'],
        'administration TLS',
      ]),
    );
    // one of Fabric 3.0 may miss the next block, and fetches it with the one after
    for (const member of ['payer', 'regulator']) {
      await revokeIdentity({ home, member, label: 'relay' });
    }
    await level('orderer');
    // with another ordering node gone, the renewed one is needed for the next block
    await stopNode(home, 'orderer.regulator');
    const { channels } = await revokeIdentity({ home, member: 'courier', label: 'relay' });
    expect(channels.flatMap(({ behind }) => behind)).toEqual([]);
    const nodes = await networkStatus(home);
    const lab = nodes.filter(({ name }) => ['peer.lab', 'orderer.lab'].includes(name));
    expect(new Set(lab.map(({ height }) => height)).size).toBe(1);
  });
});
