import 'reflect-metadata';
import { webcrypto, type X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

const REASONS: Readonly<Record<number, string>> = x509.X509CrlReason;

/** That an authority no longer stands by a certificate. */
export interface Revocation {
  /** as {@link serialNumberOf} writes it */
  readonly serialNumber: string;
  readonly revokedAt: Date;
  /** as RFC 5280 names it */
  readonly reason: string;
}

/** A certificate revocation list (RFC 5280 section 5) as it was read: whose it is shows {@link isSignedBy} alone. */
export class CertificateRevocationList {
  readonly #list: x509.X509Crl;
  readonly bySerialNumber: ReadonlyMap<string, Revocation>;

  /**
   * @param encoded PEM or DER
   * @throws Error when it is no such list
   */
  constructor(encoded: Uint8Array) {
    const text = Buffer.from(encoded).toString('latin1');
    this.#list = new x509.X509Crl(x509.PemConverter.isPem(text) ? text : new Uint8Array(encoded));
    const entries = this.#list.entries.map(revocationOf);
    this.bySerialNumber = new Map(entries.map((entry) => [entry.serialNumber, entry]));
  }

  get issuer(): string {
    return this.#list.issuer;
  }

  get nextUpdate(): Date | undefined {
    return this.#list.nextUpdate;
  }

  /** The object identifier of an extension that whoever uses the list must know. */
  get criticalExtension(): string | undefined {
    return this.#list.extensions.find(({ critical }) => critical)?.type;
  }

  /** Whether the list names the authority as its issuer and is signed by its key. */
  async isSignedBy(authority: X509Certificate): Promise<boolean> {
    const { subject, publicKey } = new x509.X509Certificate(authority.raw);
    // a key of another kind than the signature's is no key of the list's, whatever the library says of it
    const verified = () => this.#list.verify({ publicKey }).catch(() => false);
    return this.issuer === subject && (await verified());
  }
}

/** A certificate's serial number, hex, as {@link Revocation} has it: in lower case and without zeros before it. */
export function serialNumberOf(hex: string): string {
  return hex.toLowerCase().replace(/^0+(?=.)/u, '');
}

function revocationOf({ serialNumber, revocationDate, reason }: x509.X509CrlEntry): Revocation {
  const code = reason ?? x509.X509CrlReason.unspecified;
  return {
    serialNumber: serialNumberOf(serialNumber),
    revokedAt: revocationDate,
    reason: REASONS[code] ?? `reason ${code}`,
  };
}
