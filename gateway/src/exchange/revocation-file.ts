import type { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { stampOf } from '../tls/certificates.js';
import { issuersOf } from './chain.js';
import { type Revocation, serialNumberOf } from '@veinledger/ledger/certificates';
import { readRevocationLists, type RevocationList } from './revocation-list.js';

export interface RevocationFileParts {
  /** MSP id of the member whose authorities' lists it holds */
  readonly member: string;
  /** path, PEM */
  readonly file: string;
  readonly authorities: readonly X509Certificate[];
  readonly logger: Logger;
}

/** The revocation lists of a member's TLS authorities, read again when their file changes. */
export class RevocationFile {
  readonly #parts: RevocationFileParts;
  #seen: string;
  #lists: readonly RevocationList[];
  #underWay: Promise<void> = Promise.resolve();

  private constructor(parts: RevocationFileParts, seen: string, lists: readonly RevocationList[]) {
    this.#parts = parts;
    this.#seen = seen;
    this.#lists = lists;
  }

  /** @throws Error naming the file, what was expected of it and what was found */
  static async open(parts: RevocationFileParts): Promise<RevocationFile> {
    const seen = await stampOf([parts.file]);
    return new RevocationFile(parts, seen, await read(parts));
  }

  /** When the first of the lists is overdue. */
  get nextUpdate(): Date {
    return new Date(Math.min(...this.#lists.map(({ nextUpdate }) => nextUpdate.getTime())));
  }

  /** Reads the file again if it changed since. What cannot be used is logged, and the lists before stay. */
  look(): Promise<void> {
    this.#underWay = this.#underWay.then(() => this.#look());
    return this.#underWay;
  }

  /**
   * The revocation of a certificate, or of one between it and its authority; undefined where none is revoked. Lists that
   * are overdue still count, and each look at them is logged.
   */
  revocationOf(certificate: X509Certificate): Revocation | undefined {
    const { member, file, authorities, logger } = this.#parts;
    const { nextUpdate } = this;
    if (nextUpdate.getTime() <= Date.now()) {
      logger.warn({ member, file, nextUpdate }, 'exchange: the revocation list is overdue');
    }
    for (const [certified, issuer] of issuersOf(certificate, authorities)) {
      for (const list of this.#lists) {
        if (!list.authorities.has(issuer.fingerprint256)) continue;
        const found = list.bySerialNumber.get(serialNumberOf(certified.serialNumber));
        if (found) return found;
      }
    }
    return undefined;
  }

  async #look(): Promise<void> {
    const { member, file, logger } = this.#parts;
    const found = await stampOf([file]);
    if (found === this.#seen) return;
    this.#seen = found;
    try {
      this.#lists = await read(this.#parts);
      const { nextUpdate } = this;
      logger.info({ member, file, nextUpdate }, 'exchange: revocation list read again');
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      logger.error({ member, reason }, 'exchange: revocation list not taken: the one before stays');
    }
  }
}

async function read({
  member,
  file,
  authorities,
}: RevocationFileParts): Promise<readonly RevocationList[]> {
  const setting = `exchange.members: crl of ${member}`;
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`${setting}: ${file} cannot be read`, { cause });
  }
  try {
    return await readRevocationLists(text, authorities);
  } catch (cause) {
    const told = cause instanceof Error ? cause.message : 'it cannot be used';
    throw new Error(`${setting}: ${file}: ${told}`, { cause });
  }
}
