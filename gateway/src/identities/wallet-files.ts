import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { organisationId } from '@veinledger/domain';
import { z } from 'zod';
import type { SubmitterIdentity } from '@veinledger/ledger';

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
const LIBRARY_FILE = '.id';

/** An identity as the file-system wallet of fabric-network writes it. */
const libraryIdentity = z.strictObject({
  type: z.literal('X.509'),
  version: z.literal(1),
  mspId: organisationId,
  credentials: z.strictObject({ certificate: z.string(), privateKey: z.string() }),
});

/**
 * Reads `<directory>/<MSP id>/<label>/cert.pem` and `key.pem`, and `<directory>/<label>.id`.
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
  for (const file of await libraryFiles(directory)) {
    const identity = await readLibraryFile(directory, file);
    const { certificate, privateKey } = identity;
    const validity = validityOf(file, certificate, privateKey);
    entries.push({ label: file.slice(0, -LIBRARY_FILE.length), identity, ...validity });
  }
  return entries;
}

/** Whether an identity's certificate holds at a time, milliseconds since 1970. */
export function holdsAt({ validFrom, validUntil }: WalletEntry, time: number): boolean {
  return validFrom <= time && time < validUntil;
}

/** An identity with the time that keeps it from being used at `time`. */
export function whyNotAt(entry: WalletEntry, time: number): string {
  const { identity, label, validFrom, validUntil } = entry;
  const [verb, at] = time < validFrom ? ['begins', validFrom] : ['ended', validUntil];
  return `${identity.mspId}/${label}, which ${verb} on ${new Date(at).toISOString()}`;
}

/**
 * One identity of a wallet.
 * @param now milliseconds since 1970
 * @throws Error when the wallet holds none of that name, or its certificate does not hold now
 */
export async function readWalletIdentity(
  directory: string,
  mspId: string,
  label: string,
  now = Date.now(),
): Promise<SubmitterIdentity> {
  const entries = await readWalletFiles(directory);
  const found = entries.find((entry) => entry.label === label && entry.identity.mspId === mspId);
  if (!found) throw new Error(`wallet: ${directory} holds no identity ${label} of ${mspId}`);
  if (holdsAt(found, now)) return found.identity;
  const expected = `one that holds at ${new Date(now).toISOString()}`;
  throw new Error(`wallet ${directory}: expected ${expected}, found ${whyNotAt(found, now)}`);
}

async function readLibraryFile(directory: string, file: string): Promise<SubmitterIdentity> {
  const text = await readFile(join(directory, file), 'utf8');
  const { mspId, credentials } = parse(`wallet ${file}: expected an X.509 identity`, () =>
    libraryIdentity.parse(JSON.parse(text)),
  );
  return { mspId, ...credentials };
}

/** Tells one state of a wallet's files from another, without reading what is in them. */
export async function stampOf(directory: string): Promise<string> {
  const stamps: (readonly (string | number)[])[] = [];
  for (const [mspId, label] of await identitiesIn(directory)) {
    for (const file of [CERTIFICATE, KEY]) {
      const { mtimeMs, size, ino } = await stat(join(directory, mspId, label, file));
      stamps.push([mspId, label, file, mtimeMs, size, ino]);
    }
  }
  for (const file of await libraryFiles(directory)) {
    const { mtimeMs, size, ino } = await stat(join(directory, file));
    stamps.push([file, mtimeMs, size, ino]);
  }
  return JSON.stringify(stamps);
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

async function libraryFiles(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory);
  return names.filter((name) => name.endsWith(LIBRARY_FILE)).sort();
}

async function folders(directory: string): Promise<string[]> {
  const children = await readdir(directory, { withFileTypes: true });
  return children
    .filter((child) => child.isDirectory())
    .map((child) => child.name)
    .sort();
}
