import './provider.js';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  type Extension,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { CLOCK_DIFFERENCE_MS } from './authority.js';
import {
  exportPrivateKey,
  generateKeys,
  importAuthorityKey,
  type KeyedCertificate,
} from './keys.js';
import { SIGNING } from './provider.js';

const ONE_YEAR_MS = 365 * 24 * 3600 * 1000;

/** What a certificate for an end entity says, besides its new key. */
export interface CertificateRequest {
  readonly authority: KeyedCertificate;
  readonly subject: JsonName;
  readonly extensions: readonly Extension[];
  /** one year from now when left out; never later than the authority's own end */
  readonly notAfter?: Date | undefined;
}

/**
 * Makes a P-256 key and has an authority certify it.
 * @throws Error when the authority's key does not belong to its certificate, it is no authority, or
 * notAfter has passed
 */
export async function issueCertificate(request: CertificateRequest): Promise<KeyedCertificate> {
  const issuer = new X509Certificate(request.authority.certificate);
  if (issuer.getExtension(BasicConstraintsExtension)?.ca !== true) {
    throw new Error(`caCertificatePem: expected a certificate authority, found ${issuer.subject}`);
  }
  const signingKey = await importAuthorityKey(request.authority);
  const keys = await generateKeys();
  const now = Date.now();
  const wanted = request.notAfter?.getTime() ?? now + ONE_YEAR_MS;
  const notAfter = new Date(Math.min(wanted, issuer.notAfter.getTime()));
  if (notAfter.getTime() <= now) {
    throw new Error(`notAfter: expected a time to come, found ${notAfter.toISOString()}`);
  }
  const issuerKeyId = issuer.getExtension(SubjectKeyIdentifierExtension)?.keyId;
  const certificate = await X509CertificateGenerator.create({
    subject: request.subject,
    issuer: issuer.subjectName,
    notBefore: new Date(Math.max(now - CLOCK_DIFFERENCE_MS, issuer.notBefore.getTime())),
    notAfter,
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: SIGNING,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(issuerKeyId === undefined ? [] : [new AuthorityKeyIdentifierExtension(issuerKeyId)]),
      ...request.extensions,
    ],
  });
  return {
    certificate: `${certificate.toString('pem')}\n`,
    privateKey: await exportPrivateKey(keys.privateKey),
  };
}
