import './provider.js';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { exportPrivateKey, generateKeys, type KeyedCertificate } from './keys.js';
import { SIGNING } from './provider.js';

const TEN_YEARS_MS = 10 * 365 * 24 * 3600 * 1000;
/** Clocks of members differ: a new certificate is valid a little before it was made. */
export const CLOCK_DIFFERENCE_MS = 5 * 60 * 1000;

/**
 * Makes an organisation's certificate authority: self-signed, P-256, valid for ten years.
 * @param mspId the organisation, written as O of the subject
 */
export async function createCertificateAuthority(
  mspId: string,
  commonName: string,
): Promise<KeyedCertificate> {
  const keys = await generateKeys();
  const now = Date.now();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ O: [mspId] }, { CN: [commonName] }],
    notBefore: new Date(now - CLOCK_DIFFERENCE_MS),
    notAfter: new Date(now + TEN_YEARS_MS),
    keys,
    signingAlgorithm: SIGNING,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(
        KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign | KeyUsageFlags.digitalSignature,
        true,
      ),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificate: `${certificate.toString('pem')}\n`,
    privateKey: await exportPrivateKey(keys.privateKey),
  };
}
