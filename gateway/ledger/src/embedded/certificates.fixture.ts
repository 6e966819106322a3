import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { SubmitterIdentity } from '../port.js';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
/** the extension in which Fabric CA puts an identity's attributes */
const FABRIC_ATTRIBUTES = '1.2.3.4.5.6.7.8.1';
const NOT_BEFORE = new Date('2026-01-01T00:00:00.000Z');
const NOT_AFTER = new Date('2036-01-01T00:00:00.000Z');

/** A certificate authority of one organisation, for tests. */
export interface Authority {
  readonly certificate: string;
  issue(mspId: string, attributes?: Record<string, string>): Promise<SubmitterIdentity>;
}

export async function createAuthority(name: string): Promise<Authority> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    keys,
    signingAlgorithm: ALGORITHM,
    notBefore: NOT_BEFORE,
    notAfter: NOT_AFTER,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return {
    certificate: certificate.toString('pem'),
    issue: (mspId, attributes = {}) => issue(certificate, keys.privateKey, mspId, attributes),
  };
}

async function issue(
  issuer: x509.X509Certificate,
  signingKey: webcrypto.CryptoKey,
  mspId: string,
  attributes: Record<string, string>,
): Promise<SubmitterIdentity> {
  const keys = await generateKeys();
  const attrs = Buffer.from(JSON.stringify({ attrs: attributes }));
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=gateway of ${mspId}`,
    issuer: issuer.subject,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    notBefore: NOT_BEFORE,
    notAfter: NOT_AFTER,
    extensions: [new x509.Extension(FABRIC_ATTRIBUTES, false, attrs)],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  const privateKey = x509.PemConverter.encode(pkcs8, 'PRIVATE KEY');
  return { mspId, certificate: certificate.toString('pem'), privateKey };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}
