import './provider.js';
import { AuthorityKeyIdentifierExtension, X509Certificate } from '@peculiar/x509';

/**
 * What names one certificate among all: its serial number, and the key of the authority that gave it, in hex.
 * @throws Error when it does not say which authority
 */
export function certificateNumber(pem: string): {
  readonly serial: string;
  readonly authorityKey: string;
} {
  const certificate = new X509Certificate(pem);
  const authorityKey = certificate.getExtension(AuthorityKeyIdentifierExtension)?.keyId;
  if (authorityKey === undefined) {
    throw new Error(`${certificate.subject}: expected the key of its authority, found none`);
  }
  return { serial: certificate.serialNumber, authorityKey };
}
