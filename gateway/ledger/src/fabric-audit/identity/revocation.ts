import { CertificateRevocationList, serialNumberOf } from '../../certificates/revocation-list.js';
import type { Certificate } from './certificate.js';

/** A list of revoked certificates, PEM or DER, as an MSP carries it. */
export class RevocationList {
  readonly #list: CertificateRevocationList;
  readonly #proven = new Map<string, boolean>();

  /** Throws an Error when it is no such list. */
  constructor(encoded: Uint8Array) {
    this.#list = new CertificateRevocationList(encoded);
  }

  /** Must have been awaited for an issuer before {@link revokes} is asked about what that one issued. */
  async prove(issuer: Certificate): Promise<void> {
    this.#proven.set(issuer.fingerprint, await this.#list.isSignedBy(issuer.x509));
  }

  /** Whether the list is its issuer's, and names the certificate. */
  revokes(certificate: Certificate, issuer: Certificate): boolean {
    return (
      this.#list.bySerialNumber.has(serialNumberOf(certificate.x509.serialNumber)) &&
      this.#proven.get(issuer.fingerprint) === true
    );
  }
}
