import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Attempt, GatewayClient, TlsFailure } from '@veinledger/client/node';
import { createCertificateAuthority, issueTlsCertificate } from '@veinledger/network/identities';

let server: Server;
afterEach(async () => {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
});

/** What a client is told by what listens on a free port, and after how many attempts. */
async function failureAt(listening: Server): Promise<readonly [unknown, number]> {
  server = listening.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const client = new GatewayClient({
    url: `https://127.0.0.1:${port}`,
    bearer: () => Promise.resolve('token'),
    retries: { attempts: 4, firstDelayMs: 1, maxDelayMs: 2, timeoutMs: 30_000 },
  });
  const attempts: Attempt[] = [];
  const onAttempt = (attempt: Attempt) => void attempts.push(attempt);
  const error: unknown = await client.read('/v1/ledger', { onAttempt }).catch((it: unknown) => it);
  return [error, attempts.length];
}

describe('a client', () => {
  test('that meets a certificate of nobody it trusts says so at once', async () => {
    const authority = await createCertificateAuthority('HospitalMSP', 'ca.hospital.example');
    const { certificate, privateKey } = await issueTlsCertificate({
      authority,
      commonName: 'localhost',
      ipAddresses: ['127.0.0.1'],
    });
    const answer = (): never => {
      throw new Error('nothing is to be sent to whom nobody trusts');
    };
    const secure = createSecureServer({ cert: certificate, key: privateKey }, answer);
    const [failure, attempts] = await failureAt(secure);
    expect(failure).toBeInstanceOf(TlsFailure);
    expect(failure).toMatchObject({ code: 'CERTIFICATE_REFUSED' });
    expect(attempts).toBe(1);
  });

  test('that speaks TLS to plain HTTP says so at once', async () => {
    const [failure, attempts] = await failureAt(createServer());
    expect(failure).toMatchObject({
      code: 'NOT_TLS',
      details: { field: 'url', expected: expect.stringContaining('http in the URL') },
    });
    expect(attempts).toBe(1);
  });
});
