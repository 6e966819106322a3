import { gunzipSync, gzipSync } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { NetworkError } from '../errors.js';
import { chaincodeCodeSchema, sha256, type ChaincodeCode } from './code.js';

/** A chaincode package for Fabric's lifecycle: the same input gives the same bytes on every machine. */
export interface ChaincodePackage {
  /** `label:sha256`, what an organisation approves */
  readonly id: string;
  readonly label: string;
  readonly bytes: Buffer;
}

/** RFC 1952: the operating system field, which zlib fills in by platform; 255 is unknown */
const GZIP_OS = { offset: 9, unknown: 255 } as const;

/** Names of chaincode and of packages, by Fabric's lifecycle. */
const PACKAGE_ID = /^([A-Za-z0-9_.+-]+):([0-9a-f]{64})$/;

/** A package holds two small files; one that unpacks to more is refused before it is unpacked. */
const LARGEST_PACKAGE = 1024 * 1024;

/**
 * Packages chaincode that runs as a service. Each member's peer fills in its own address and keys, so
 * connection.json says only that; code.json says what the service must be.
 */
export async function packageChaincode(
  name: string,
  version: string,
  code: ChaincodeCode,
): Promise<ChaincodePackage> {
  const label = `${name}_${version}`;
  const source = await tarball({
    'code.json': codeJson(code),
    'connection.json': JSON.stringify({ address: '{{.address}}', tls_required: true }),
  });
  const bytes = await tarball({
    'code.tar.gz': source,
    'metadata.json': JSON.stringify({ type: 'ccaas', label }),
  });
  return { id: `${label}:${sha256(bytes)}`, label, bytes };
}

/** The text of code.json: its members in one order. */
export function codeJson({ bundle, node, root }: ChaincodeCode): string {
  return JSON.stringify({ bundle, node, root });
}

/**
 * Reads what code a package stands for, once its bytes are those that the id names.
 * @throws NetworkError CODE_NOT_APPROVED when they are others, or say nothing of code
 */
export async function packagedCode(bytes: Buffer, packageId: string): Promise<ChaincodeCode> {
  const expected = PACKAGE_ID.exec(packageId)?.[2];
  const found = sha256(bytes);
  if (expected !== found) {
    throw new NetworkError(
      'CODE_NOT_APPROVED',
      `package: expected ${packageId}, found the digest ${found}`,
    );
  }
  try {
    const source = await member(bytes, 'code.tar.gz');
    const text = await member(source, 'code.json');
    return chaincodeCodeSchema.parse(JSON.parse(text.toString('utf8')));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NetworkError('CODE_NOT_APPROVED', `${packageId} has no code.json: ${why}`, { cause });
  }
}

async function tarball(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) {
    tar.entry({ name, mtime: new Date(0), mode: 0o644, uid: 0, gid: 0 }, content);
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  // stored, not compressed: compressors differ between processors
  const zipped = gzipSync(Buffer.concat(chunks), { level: 0 });
  zipped[GZIP_OS.offset] = GZIP_OS.unknown;
  return zipped;
}

async function member(tarball: Buffer, name: string): Promise<Buffer> {
  const tar = extract();
  tar.end(gunzipSync(tarball, { maxOutputLength: LARGEST_PACKAGE }));
  for await (const entry of tar) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (entry.header.name === name) return Buffer.concat(chunks);
  }
  throw new Error(`expected ${name}, found none`);
}
