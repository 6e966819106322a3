import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, type ConnectionOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createCertificateAuthority,
  issueTlsCertificate,
  type KeyedCertificate,
} from '@veinledger/network/identities';
import { type GatewayBench, gatewayBench } from '../gateway/gateway.fixture.js';

/** Whom a client met, and how. */
interface Met {
  readonly protocol: string | null;
  readonly group: string | undefined;
  readonly serial: string;
}

describe("a gateway's own TLS", () => {
  let folder: string;
  let authority: KeyedCertificate;
  let bench: GatewayBench;
  const files = () => ({
    certificate: join(folder, 'cert.pem'),
    privateKey: join(folder, 'key.pem'),
  });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-tls-'));
    authority = await createCertificateAuthority('HospitalMSP', 'ca.hospital.example');
    await place(await issue());
    bench = await gatewayBench({ tls: files(), environment: 'production' });
  });
  afterAll(async () => {
    await bench.close();
    await rm(folder, { recursive: true });
  });

  const issue = () =>
    issueTlsCertificate({ authority, commonName: 'localhost', ipAddresses: ['127.0.0.1'] });

  /** Replaces both files as a certificate manager does: each by a rename. */
  async function place({ certificate, privateKey }: KeyedCertificate) {
    for (const [file, content] of [
      [files().privateKey, privateKey],
      [files().certificate, certificate],
    ] as const) {
      await writeFile(`${file}.new`, content, { mode: 0o600 });
      await rename(`${file}.new`, file);
    }
  }

  async function meet(options: ConnectionOptions = {}): Promise<Met> {
    const port = Number(new URL(bench.gateway.url).port);
    const ca = authority.certificate;
    const socket = connect({ host: '127.0.0.1', port, ca, ...options });
    await once(socket, 'secureConnect');
    const key = socket.getEphemeralKeyInfo();
    const met = {
      protocol: socket.getProtocol(),
      group: key !== null && 'name' in key ? key.name : undefined,
      serial: socket.getPeerCertificate().serialNumber,
    };
    socket.destroy();
    return met;
  }

  test('is 1.3, and agrees on a key that a quantum computer does not find later', async () => {
    expect(bench.gateway.url).toMatch(/^https:\/\/127\.0\.0\.1:/);
    expect(await meet()).toMatchObject({ protocol: 'TLSv1.3', group: 'X25519MLKEM768' });
    expect(await meet({ ecdhCurve: 'X25519' })).toMatchObject({ group: 'X25519' });
    await expect(meet({ maxVersion: 'TLSv1.2' })).rejects.toThrow(/protocol version/);
  });

  test('carries the API, and tells browsers to use nothing else', async () => {
    const ca = authority.certificate;
    const asked = request(`${bench.gateway.url}/health/ready`, { ca });
    asked.end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    expect(await text(response)).toBe('{"status":"ready"}');
    expect(response.headers['strict-transport-security']).toMatch(/max-age=/);
  });

  test('takes a new certificate without a restart, and goes on by the old one where it is broken', async () => {
    const before = (await meet()).serial;
    await place(await issue());
    const renewed = await serialChangedFrom(before);
    await writeFile(files().certificate, 'no certificate');
    await bench.gateway.reloadCertificate();
    expect((await meet()).serial).toBe(renewed);
    const foreign = await issue();
    await writeFile(files().certificate, foreign.certificate);
    await bench.gateway.reloadCertificate();
    expect((await meet()).serial).toBe(renewed);
    await writeFile(files().privateKey, foreign.privateKey);
    await bench.gateway.reloadCertificate();
    expect([before, renewed]).not.toContain((await meet()).serial);
  });

  async function serialChangedFrom(before: string): Promise<string> {
    for (let tries = 0; tries < 200; tries += 1) {
      const { serial } = await meet();
      if (serial !== before) return serial;
      await delay(100);
    }
    throw new Error('the new certificate was never served');
  }

  test.each([
    ['a certificate that is none', 'certificate', 'no certificate', /tls\.certificate: .*PEM/],
    ['a key that is none', 'privateKey', 'no key', /tls\.privateKey: .*PEM/],
  ] as const)('does not start with %s', async (_, which, content, message) => {
    await place(await issue());
    await writeFile(files()[which], content);
    await expect(gatewayBench({ tls: files() })).rejects.toThrow(message);
  });

  test('does not start with the key of another certificate, or without a file', async () => {
    await place(await issue());
    await writeFile(files().privateKey, (await issue()).privateKey);
    await expect(gatewayBench({ tls: files() })).rejects.toThrow(
      /tls\.privateKey: .* is not the key/,
    );
    await rm(files().privateKey);
    await expect(gatewayBench({ tls: files() })).rejects.toThrow(
      /tls\.privateKey: .* cannot be read/,
    );
  });
});
