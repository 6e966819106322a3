import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { SecureContextOptions } from 'node:tls';

/** The files of the listener's certificate. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly privateKey: string;
}

/** Key exchange in the order of preference: ML-KEM-768 with X25519 resists recording now and breaking later. */
const GROUPS = 'X25519MLKEM768:X25519:P-256';

/**
 * What the listener speaks by: TLS 1.3 only, with the certificate in the files.
 * @throws Error as {@link readKeyPair}
 */
export async function readSecureContext(files: CertificateFiles): Promise<SecureContextOptions> {
  return { ...(await readKeyPair(files)), minVersion: 'TLSv1.3', ecdhCurve: GROUPS };
}

/** A certificate with its key, PEM. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/**
 * A certificate and its key.
 * @param setting where the files are named
 * @throws Error naming the file that cannot be read, or that does not belong to the other
 */
export async function readKeyPair(files: CertificateFiles, setting = 'tls'): Promise<KeyPair> {
  const ofCertificate = `${setting}.certificate`;
  const ofKey = `${setting}.privateKey`;
  const cert = await read(ofCertificate, files.certificate);
  const key = await read(ofKey, files.privateKey);
  const certificate = parse(ofCertificate, files.certificate, () => new X509Certificate(cert));
  const privateKey = parse(ofKey, files.privateKey, () => createPrivateKey(key));
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new Error(`${ofKey}: ${files.privateKey} is not the key of ${files.certificate}`);
  }
  if (certificate.validToDate.getTime() < Date.now()) {
    const now = new Date().toISOString();
    const end = certificate.validToDate.toISOString();
    throw new Error(
      `${ofCertificate}: ${files.certificate}: expected one that holds at ${now}, found that it ended on ${end}`,
    );
  }
  return { cert, key };
}

/** What tells changed files of a certificate from those before: never their content. */
export function fingerprintOf({ certificate, privateKey }: CertificateFiles): Promise<string> {
  return stampOf([certificate, privateKey]);
}

/** What tells files that changed from those before; one that is not there has a stamp too. */
export async function stampOf(files: readonly string[]): Promise<string> {
  const stats = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  return stats
    .map((each) => `${each?.ino ?? ''}/${each?.mtimeMs ?? ''}/${each?.size ?? ''}`)
    .join();
}

async function read(setting: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`${setting}: ${file} cannot be read`, { cause });
  }
}

function parse<Result>(setting: string, file: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw new Error(`${setting}: ${file} is no PEM that can be used`, { cause });
  }
}
