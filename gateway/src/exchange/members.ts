import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ExchangeSection } from '../config/exchange-section.js';

/** A member whose gateway gives annexes, and asks for them. */
export interface ExchangeMember {
  readonly mspId: string;
  readonly url: string;
  /** its TLS authorities */
  readonly authorities: readonly X509Certificate[];
}

const PEM = /-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g;
/** The longest chain that is followed from a certificate to an authority. */
const MAX_CHAIN = 8;

/** The members of an exchange, told from each other by who certified their keys. */
export class ExchangeMembers {
  readonly all: readonly ExchangeMember[];

  /** @throws Error when two members name the same authority: who connects could not be told */
  constructor(members: readonly ExchangeMember[]) {
    const owners = new Map<string, string>();
    for (const { mspId, authorities } of members) {
      for (const { fingerprint256 } of authorities) {
        const owner = owners.get(fingerprint256);
        if (owner !== undefined && owner !== mspId) {
          throw new Error(`exchange.members: ${owner} and ${mspId} name the same TLS authority`);
        }
        owners.set(fingerprint256, mspId);
      }
    }
    this.all = members;
  }

  /**
   * Reads the authorities' certificates.
   * @throws Error naming the file that cannot be read or holds no certificate
   */
  static async read({ members }: Pick<ExchangeSection, 'members'>): Promise<ExchangeMembers> {
    return new ExchangeMembers(
      await Promise.all(
        members.map(async ({ mspId, url, tlsCa }) => ({
          mspId,
          url,
          authorities: await readAuthorities(tlsCa),
        })),
      ),
    );
  }

  /** Every authority's certificate, PEM. */
  get authorities(): string[] {
    return this.all.flatMap(({ authorities }) => authorities.map(String));
  }

  /** The member whose authority certified a certificate, itself or through others that came with it. */
  memberOf(certificate: X509Certificate): string | undefined {
    let certified: X509Certificate | undefined = certificate;
    for (let depth = 0; certified !== undefined && depth < MAX_CHAIN; depth += 1) {
      const each: X509Certificate = certified;
      const owner = this.all.find(({ authorities }) =>
        authorities.some((one) => each.checkIssued(one) && each.verify(one.publicKey)),
      );
      if (owner) return owner.mspId;
      certified = each.issuerCertificate;
    }
    return undefined;
  }
}

async function readAuthorities(file: string): Promise<readonly X509Certificate[]> {
  try {
    const certificates = (await readFile(file, 'utf8')).match(PEM) ?? [];
    if (certificates.length === 0) throw new Error('it holds no certificate');
    return certificates.map((pem) => new X509Certificate(pem));
  } catch (cause) {
    throw new Error(`exchange.members: tlsCa: ${file} cannot be used`, { cause });
  }
}
