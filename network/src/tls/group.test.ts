import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { createCertificateAuthority, issueTlsCertificate } from '../identities/index.js';
import { HYBRID_GROUP, negotiatedGroup, type TlsListener } from './index.js';

const dir = mkdtempSync(join(tmpdir(), 'veinledger-tls-'));
const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));
afterAll(() => rmSync(dir, { recursive: true }));

const authority = await createCertificateAuthority('LabMSP', 'tlsca.lab.example');
const issued = await issueTlsCertificate({
  authority,
  commonName: 'peer.lab.example',
  ipAddresses: ['127.0.0.1'],
});
writeFileSync(join(dir, 'ca.pem'), authority.certificate);

async function listener(ecdhCurve: string): Promise<TlsListener> {
  const { certificate: cert, privateKey: key } = issued;
  const server = createServer({ cert, key, ecdhCurve, ALPNProtocols: ['h2'] });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ node: 'peer.lab', use: 'client', host: '127.0.0.1', serverName: 'peer.lab.example' },
    port: (server.address() as AddressInfo).port,
    authority: join(dir, 'ca.pem'),
  };
}

describe('the negotiated group', () => {
  test('is the hybrid where the node knows it', async () => {
    const { group } = await negotiatedGroup(await listener('X25519MLKEM768:X25519'));
    expect(group).toBe(HYBRID_GROUP);
  });

  test('is named when the node does not know the hybrid', async () => {
    const { group } = await negotiatedGroup(await listener('X25519'));
    expect(group).toBe('X25519');
  });

  test('is not told for a node that shows the certificate of another', async () => {
    const other = { ...(await listener('X25519MLKEM768')), serverName: 'peer.hospital.example' };
    expect(await negotiatedGroup(other)).toMatchObject({
      group: undefined,
      failure: expect.stringContaining('peer.hospital.example'),
    });
  });

  test('is not told where nobody listens', async () => {
    const { port, ...rest } = await listener('X25519');
    servers.splice(0).forEach((server) => server.close());
    expect(await negotiatedGroup({ ...rest, port })).toMatchObject({
      group: undefined,
      failure: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
