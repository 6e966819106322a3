import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { Certificate } from './certificate.js';

x509.cryptoProvider.set(webcrypto);

/** A list of revoked certificates, PEM or DER, as an MSP carries it. */
export class RevocationList {
  readonly #list: x509.X509Crl;
  readonly #serials: ReadonlySet<string>;
  readonly #proven = new Map<string, boolean>();

  /** Throws an Error when it is no such list. */
  constructor(encoded: Uint8Array) {
    const text = Buffer.from(encoded).toString('latin1');
    this.#list = new x509.X509Crl(x509.PemConverter.isPem(text) ? text : new Uint8Array(encoded));
    this.#serials = new Set(this.#list.entries.map(({ serialNumber }) => serialOf(serialNumber)));
  }

  /** Must have been awaited for an issuer before {@link revokes} is asked about what that one issued. */
  async prove(issuer: Certificate): Promise<void> {
    const certificate = new x509.X509Certificate(issuer.x509.raw);
    const signed =
      this.#list.issuer === certificate.subject &&
      (await this.#list.verify({ publicKey: certificate }));
    this.#proven.set(issuer.fingerprint, signed);
  }

  /** Whether the list is its issuer's, and names the certificate. */
  revokes(certificate: Certificate, issuer: Certificate): boolean {
    return (
      this.#serials.has(serialOf(certificate.x509.serialNumber)) &&
      this.#proven.get(issuer.fingerprint) === true
    );
  }
}

function serialOf(hex: string): string {
  return hex.toLowerCase().replace(/^0+(?=.)/u, '');
}
