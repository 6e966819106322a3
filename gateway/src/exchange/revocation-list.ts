import 'reflect-metadata';
import type { X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { CertificateRevocationList, type Revocation } from '@veinledger/ledger/certificates';

/** RFC 7468 section 6; the library writes another one */
const LABEL = 'X509 CRL';

/** A certificate revocation list (RFC 5280 section 5) whose signature was verified. */
export interface RevocationList {
  /** fingerprints of the authorities' certificates whose key signed it */
  readonly authorities: ReadonlySet<string>;
  readonly nextUpdate: Date;
  readonly bySerialNumber: ReadonlyMap<string, Revocation>;
}

/** What a list should be and is not. */
class RevocationListError extends Error {
  constructor(expected: string, found: string, options?: ErrorOptions) {
    super(`expected ${expected}, found ${found}`, options);
    this.name = 'RevocationListError';
  }
}

/**
 * Reads the revocation lists of a member's authorities: one of each, complete, and not overdue.
 * @param text PEM
 * @throws RevocationListError telling what was expected and what was found
 */
export async function readRevocationLists(
  text: string,
  authorities: readonly X509Certificate[],
): Promise<readonly RevocationList[]> {
  const parsed = parse(text);
  const lists: RevocationList[] = [];
  for (const list of parsed) lists.push(await verified(list, authorities));
  for (const { fingerprint256, subject } of authorities) {
    if (lists.some((list) => list.authorities.has(fingerprint256))) continue;
    throw new RevocationListError('a list of each authority in tlsCa', `none of ${line(subject)}`);
  }
  return lists;
}

/** A revocation, for people. */
export function reasonOf({ serialNumber, revokedAt, reason }: Revocation): string {
  return `certificate ${serialNumber} was revoked at ${revokedAt.toISOString()}: ${reason}`;
}

function parse(text: string): readonly CertificateRevocationList[] {
  const expected = `a revocation list, PEM (${LABEL})`;
  try {
    const blocks = x509.PemConverter.decodeWithHeaders(text);
    const other = blocks.find(({ type }) => type !== LABEL);
    if (other !== undefined) throw new RevocationListError(expected, other.type);
    if (blocks.length === 0) throw new RevocationListError(expected, 'no PEM');
    return blocks.map(({ rawData }) => new CertificateRevocationList(new Uint8Array(rawData)));
  } catch (cause) {
    if (cause instanceof RevocationListError) throw cause;
    throw new RevocationListError(expected, 'what cannot be decoded', { cause });
  }
}

async function verified(
  list: CertificateRevocationList,
  authorities: readonly X509Certificate[],
): Promise<RevocationList> {
  const signers = new Set<string>();
  for (const authority of authorities) {
    if (await list.isSignedBy(authority)) signers.add(authority.fingerprint256);
  }
  if (signers.size === 0) throw notTheirs(list, authorities);
  const { criticalExtension, nextUpdate, bySerialNumber } = list;
  if (criticalExtension !== undefined) {
    // RFC 5280 section 5.2: a delta, or the list of a part; unread it would tell less than it seems to
    throw new RevocationListError('a complete list', `the critical extension ${criticalExtension}`);
  }
  if (nextUpdate === undefined || nextUpdate.getTime() <= Date.now()) {
    const found = nextUpdate?.toISOString() ?? 'none';
    throw new RevocationListError(`a nextUpdate after ${new Date().toISOString()}`, found);
  }
  return { authorities: signers, nextUpdate, bySerialNumber };
}

function notTheirs(
  { issuer }: CertificateRevocationList,
  authorities: readonly X509Certificate[],
): RevocationListError {
  const subjects = authorities.map(({ raw }) => new x509.X509Certificate(raw).subject);
  const found = subjects.includes(issuer) ? 'a signature by another key' : `one of ${issuer}`;
  return new RevocationListError(`a list signed by ${subjects.join(' or ')}`, found);
}

/** node:crypto writes a subject's parts below each other. */
function line(subject: string): string {
  return subject.split('\n').join(', ');
}
