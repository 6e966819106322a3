import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SubmitterIdentity } from '../ledger/port.js';

/** An identity under the name by which its member knows it. */
export interface WalletEntry {
  /** a role, or `relay` */
  readonly label: string;
  readonly identity: SubmitterIdentity;
  /** milliseconds since 1970 between which its certificate holds */
  readonly validFrom: number;
  readonly validUntil: number;
}

const CERTIFICATE = 'cert.pem';
const KEY = 'key.pem';

/**
 * Reads `<directory>/<MSP id>/<label>/cert.pem` and `key.pem`.
 * @throws Error naming the identity whose files cannot be read, are no PEM, or do not fit each other
 */
export async function readWalletFiles(directory: string): Promise<readonly WalletEntry[]> {
  const entries: WalletEntry[] = [];
  for (const [mspId, label] of await identitiesIn(directory)) {
    const folder = join(directory, mspId, label);
    const certificate = await readFile(join(folder, CERTIFICATE), 'utf8');
    const privateKey = await readFile(join(folder, KEY), 'utf8');
    const validity = validityOf(`${mspId}/${label}`, certificate, privateKey);
    entries.push({ label, identity: { mspId, certificate, privateKey }, ...validity });
  }
  return entries;
}

/** Tells one state of a wallet's files from another, without reading what is in them. */
export async function stampOf(directory: string): Promise<string> {
  const stamps: string[] = [];
  for (const [mspId, label] of await identitiesIn(directory)) {
    for (const file of [CERTIFICATE, KEY]) {
      const { mtimeMs, size, ino } = await stat(join(directory, mspId, label, file));
      stamps.push([mspId, label, file, mtimeMs, size, ino].join(' '));
    }
  }
  return stamps.join('\n');
}

/** The key is not quoted in any error. */
function validityOf(name: string, certificate: string, privateKey: string) {
  const parsed = parse(`wallet ${name}: ${CERTIFICATE} holds no X.509 certificate`, () => {
    return new X509Certificate(certificate);
  });
  const key = parse(`wallet ${name}: ${KEY} holds no private key`, () => {
    return createPrivateKey(privateKey);
  });
  if (!parsed.checkPrivateKey(key)) {
    throw new Error(`wallet ${name}: expected the certificate's private key, found another one`);
  }
  return {
    validFrom: parsed.validFromDate.getTime(),
    validUntil: parsed.validToDate.getTime(),
  };
}

function parse<T>(fault: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new Error(fault);
  }
}

async function identitiesIn(directory: string): Promise<readonly (readonly [string, string])[]> {
  const found: (readonly [string, string])[] = [];
  for (const mspId of await folders(directory)) {
    for (const label of await folders(join(directory, mspId))) found.push([mspId, label]);
  }
  return found;
}

async function folders(directory: string): Promise<string[]> {
  const children = await readdir(directory, { withFileTypes: true });
  return children
    .filter((child) => child.isDirectory())
    .map((child) => child.name)
    .sort();
}
