import { createPrivateKey, webcrypto, X509Certificate as NodeCertificate } from 'node:crypto';
import { P256 } from './provider.js';
import { PemConverter } from '@peculiar/x509';

/** A certificate and the private key that belongs to it. */
export interface KeyedCertificate {
  /** PEM */
  readonly certificate: string;
  /** PEM, PKCS#8, P-256 */
  readonly privateKey: string;
}

/** Makes a new P-256 key pair. */
export async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
}

/** A private key as PEM, PKCS#8. */
export async function exportPrivateKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key);
  return `${PemConverter.encode(der, 'PRIVATE KEY')}\n`;
}

/**
 * Reads the key of a certificate authority for signing.
 * @throws Error when the key is not P-256 or does not belong to the certificate
 */
export async function importAuthorityKey(
  authority: KeyedCertificate,
): Promise<webcrypto.CryptoKey> {
  const key = createPrivateKey(authority.privateKey);
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (curve !== 'prime256v1') {
    throw new Error(
      `caKeyPem: expected an EC key on P-256, found ${key.asymmetricKeyType ?? 'a secret'} ${curve ?? ''}`.trim(),
    );
  }
  if (!new NodeCertificate(authority.certificate).checkPrivateKey(key)) {
    throw new Error('caKeyPem: expected the key of caCertificatePem, found another key');
  }
  const der = key.export({ format: 'der', type: 'pkcs8' });
  return webcrypto.subtle.importKey('pkcs8', der, P256, false, ['sign']);
}
