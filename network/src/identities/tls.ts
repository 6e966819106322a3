import './provider.js';
import {
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
} from '@peculiar/x509';
import { issueCertificate } from './certificate.js';
import type { KeyedCertificate } from './keys.js';

export interface TlsCertificateRequest {
  readonly authority: KeyedCertificate;
  readonly commonName: string;
  /** addresses at which it is reached; none on a certificate that only connects */
  readonly ipAddresses: readonly string[];
}

/** Issues a TLS certificate that may connect, and serve under its name and addresses. */
export async function issueTlsCertificate(
  request: TlsCertificateRequest,
): Promise<KeyedCertificate> {
  const { authority, commonName, ipAddresses } = request;
  return issueCertificate({
    authority,
    subject: [{ CN: [commonName] }],
    extensions: [
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: commonName },
        ...ipAddresses.map((value) => ({ type: 'ip' as const, value })),
      ]),
    ],
  });
}
