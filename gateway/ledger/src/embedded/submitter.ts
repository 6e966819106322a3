import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { LedgerError, type SubmitterIdentity } from '../port.js';

/** Certificates checked before; more than this are not remembered. */
const REMEMBERED = 1024;

interface Checked {
  readonly privateKey: KeyObject;
  /** milliseconds since 1970 */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Checks submitters as a peer's MSP does: issued by the organisation's CA, valid now, key possessed. */
export class SubmitterCheck {
  readonly #authorities: ReadonlyMap<string, X509Certificate>;
  readonly #clock: () => number;
  readonly #checked = new Map<string, Checked>();

  /** Takes one CA certificate (PEM) per MSP id and the ledger's clock (milliseconds). */
  constructor(certificateAuthorities: Readonly<Record<string, string>>, clock: () => number) {
    this.#authorities = new Map(
      Object.entries(certificateAuthorities).map(([mspId, pem]) => [
        mspId,
        new X509Certificate(pem),
      ]),
    );
    this.#clock = clock;
  }

  /**
   * The submitter's private key, once its certificate holds.
   * Throws a {@link LedgerError} of kind `contract` that opens with ACCESS_DENIED.
   */
  check(submitter: SubmitterIdentity): KeyObject {
    const id = JSON.stringify([submitter.mspId, submitter.certificate, submitter.privateKey]);
    const checked = this.#checked.get(id) ?? this.#examine(submitter);
    const now = this.#clock();
    if (now < checked.notBefore || now > checked.notAfter) {
      const period = `${iso(checked.notBefore)} to ${iso(checked.notAfter)}`;
      throw denied(submitter, `its certificate is valid from ${period}, now is ${iso(now)}`);
    }
    if (!this.#checked.has(id)) this.#remember(id, checked);
    return checked.privateKey;
  }

  #examine(submitter: SubmitterIdentity): Checked {
    const authority = this.#authorities.get(submitter.mspId);
    if (authority === undefined) {
      const known = [...this.#authorities.keys()].join(', ');
      throw denied(submitter, `its MSP is unknown, expected one of ${known}`);
    }
    const certificate = parse(
      submitter,
      'certificate',
      () => new X509Certificate(submitter.certificate),
    );
    if (certificate.ca) throw denied(submitter, 'a CA certificate is no identity');
    if (!certificate.checkIssued(authority) || !certificate.verify(authority.publicKey)) {
      throw denied(submitter, `its certificate was not issued by the CA of ${submitter.mspId}`);
    }
    const privateKey = parse(submitter, 'private key', () =>
      createPrivateKey(submitter.privateKey),
    );
    if (!certificate.checkPrivateKey(privateKey)) {
      throw denied(submitter, 'its private key is not the one of its certificate');
    }
    return {
      privateKey,
      notBefore: Date.parse(certificate.validFrom),
      notAfter: Date.parse(certificate.validTo),
    };
  }

  #remember(id: string, checked: Checked): void {
    const [oldest] = this.#checked.keys();
    if (this.#checked.size >= REMEMBERED && oldest !== undefined) this.#checked.delete(oldest);
    this.#checked.set(id, checked);
  }
}

function parse<Result>(submitter: SubmitterIdentity, what: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    throw denied(submitter, `its ${what} cannot be read as PEM`, cause);
  }
}

function denied(submitter: SubmitterIdentity, reason: string, cause?: unknown): LedgerError {
  return new LedgerError('contract', `ACCESS_DENIED: submitter of ${submitter.mspId}: ${reason}`, {
    cause,
  });
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
