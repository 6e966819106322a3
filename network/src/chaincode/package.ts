import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import type { ChaincodeCode } from './code.js';

/** A chaincode package for Fabric's lifecycle: the same input gives the same bytes on every machine. */
export interface ChaincodePackage {
  /** `label:sha256`, what an organisation approves */
  readonly id: string;
  readonly label: string;
  readonly bytes: Buffer;
}

/** RFC 1952: the operating system field, which zlib fills in by platform; 255 is unknown */
const GZIP_OS = { offset: 9, unknown: 255 } as const;

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
    'code.json': JSON.stringify(code),
    'connection.json': JSON.stringify({ address: '{{.address}}', tls_required: true }),
  });
  const bytes = await tarball({
    'code.tar.gz': source,
    'metadata.json': JSON.stringify({ type: 'ccaas', label }),
  });
  return { id: `${label}:${createHash('sha256').update(bytes).digest('hex')}`, label, bytes };
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
