import 'reflect-metadata';
import { webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { TlsIdentity } from '@veinledger/ledger/fabric-gateway/tls.fixture';

x509.cryptoProvider.set(webcrypto);

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const HOUR_MS = 3_600_000;

/** What a list is to say, else: nothing is revoked, and the next one comes in an hour. */
export interface ListWish {
  /** certificates, PEM */
  readonly revoked?: readonly string[];
  /** null: it names none */
  readonly nextUpdate?: Date | null;
  readonly extensions?: readonly x509.Extension[];
}

/** A member's TLS authority, for tests. */
export interface TlsAuthority {
  /** PEM */
  readonly certificate: string;
  /** A server's and client's certificate for this machine. */
  issue(): Promise<TlsIdentity>;
  /** An authority whose certificate this one signed. */
  issueAuthority(name: string): Promise<TlsAuthority>;
  /** A revocation list, PEM. */
  list(wish?: ListWish): Promise<string>;
}

/** Makes an authority that certifies itself. */
export async function tlsAuthority(name: string): Promise<TlsAuthority> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ name: `CN=${name}`, keys, signingAlgorithm: ALGORITHM, ...lifetime() },
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return authorityOf(certificate, keys.privateKey);
}

function authorityOf(own: x509.X509Certificate, signingKey: webcrypto.CryptoKey): TlsAuthority {
  const certify = (name: string, { publicKey }: webcrypto.CryptoKeyPair, more: x509.Extension) =>
    x509.X509CertificateGenerator.create({
      ...{ subject: `CN=${name}`, issuer: own.subject, publicKey, signingKey, ...lifetime() },
      ...{ signingAlgorithm: ALGORITHM, extensions: [more] },
    });
  return {
    certificate: own.toString('pem'),
    issue: async () => {
      const keys = await generateKeys();
      const name = new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]);
      const certificate = (await certify('gateway', keys, name)).toString('pem');
      const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
      return { certificate, privateKey: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY') };
    },
    issueAuthority: async (name) => {
      const keys = await generateKeys();
      const certifies = new x509.BasicConstraintsExtension(true, undefined, true);
      return authorityOf(await certify(name, keys, certifies), keys.privateKey);
    },
    list: async ({ revoked = [], nextUpdate, extensions = [] } = {}) => {
      const next = nextUpdate === undefined ? new Date(Date.now() + HOUR_MS) : nextUpdate;
      const entries = revoked.map((pem) => ({
        serialNumber: new X509Certificate(pem).serialNumber,
        revocationDate: new Date(),
        reason: x509.X509CrlReason.keyCompromise,
      }));
      const list = await x509.X509CrlGenerator.create({
        ...{ issuer: own.subject, signingKey, signingAlgorithm: ALGORITHM, entries },
        ...{ thisUpdate: new Date(), extensions: [...extensions] },
        ...(next === null ? {} : { nextUpdate: next }),
      });
      return x509.PemConverter.encode(list.rawData, 'X509 CRL');
    },
  };
}

function lifetime(): { readonly notBefore: Date; readonly notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - 60_000), notAfter: new Date(now + HOUR_MS) };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}
