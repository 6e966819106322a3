import { X509Certificate } from 'node:crypto';
import type { SecureContextOptions } from 'node:tls';
import type { ExchangeSection } from '../config/exchange-section.js';
import { type KeyPair, readKeyPair } from '../tls/certificates.js';
import type { ExchangeMembers } from './members.js';
import { reasonOf } from './revocation-list.js';

/** The one key exchange between organisations: what is recorded today is not read when X25519 falls. */
export const GROUP = 'X25519MLKEM768';

/** What every link between organisations is made with, at both ends. */
export const LINK = {
  minVersion: 'TLSv1.3',
  ecdhCurve: GROUP,
} as const satisfies SecureContextOptions;

/**
 * This gateway's own certificate and key.
 * @throws Error naming the file that cannot be used, the member whose authority did not certify it, or its revocation
 */
export async function readOwnPair(
  { tls }: Pick<ExchangeSection, 'tls'>,
  members: ExchangeMembers,
  operator: string,
): Promise<KeyPair> {
  const pair = await readKeyPair(tls, 'exchange.tls');
  if (!members.all.some(({ mspId }) => mspId === operator)) return pair;
  const certificate = new X509Certificate(pair.cert);
  const owner = members.memberOf(certificate);
  if (owner !== operator) {
    throw new Error(
      `exchange.tls.certificate: expected one of ${operator}'s TLS authority, found ${owner ?? "nobody's"}`,
    );
  }
  const revocation = await members.revocationOf(operator, certificate);
  if (revocation === undefined) return pair;
  throw new Error(
    `exchange.tls.certificate: ${tls.certificate}: expected one that counts, found that ${reasonOf(revocation)}`,
  );
}
