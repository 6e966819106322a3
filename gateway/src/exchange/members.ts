import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { ExchangeSection } from '../config/exchange-section.js';
import { issuersOf } from './chain.js';
import { RevocationFile } from './revocation-file.js';
import type { Revocation } from '@veinledger/ledger/certificates';

/** A member whose gateway gives annexes, and asks for them. */
export interface ExchangeMember {
  readonly mspId: string;
  readonly url: string;
  /** its TLS authorities */
  readonly authorities: readonly X509Certificate[];
  /** what these have revoked, where the settings name their list */
  readonly revocations?: RevocationFile | undefined;
}

const PEM = /-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----/g;

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
   * Reads the authorities' certificates and revocation lists.
   * @throws Error naming the file that cannot be read, holds no certificate, or is no list of that authority that counts
   */
  static async read(
    { members }: Pick<ExchangeSection, 'members'>,
    logger: Logger,
  ): Promise<ExchangeMembers> {
    return new ExchangeMembers(
      await Promise.all(
        members.map(async ({ mspId: member, url, tlsCa, crl: file }) => {
          const authorities = await readAuthorities(tlsCa);
          if (file === undefined) return { mspId: member, url, authorities };
          const revocations = await RevocationFile.open({ member, file, authorities, logger });
          return { mspId: member, url, authorities, revocations };
        }),
      ),
    );
  }

  /** Every authority's certificate, PEM. */
  get authorities(): string[] {
    return this.all.flatMap(({ authorities }) => authorities.map(String));
  }

  /** The member whose authority certified a certificate, itself or through others that came with it. */
  memberOf(certificate: X509Certificate): string | undefined {
    const authorities = this.all.flatMap((member) => member.authorities);
    const [nearest] = issuersOf(certificate, authorities);
    return this.all.find((member) => nearest && member.authorities.includes(nearest[1]))?.mspId;
  }

  /** By what a member's certificate is revoked, as the list that lies there now has it. */
  async revocationOf(mspId: string, certificate: X509Certificate): Promise<Revocation | undefined> {
    const revocations = this.all.find((member) => member.mspId === mspId)?.revocations;
    await revocations?.look();
    return revocations?.revocationOf(certificate);
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
