import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { NetworkError } from '../errors.js';

/** What members approve: which code runs, on which Node, for which consortium. SHA-256 in hex. */
export interface ChaincodeCode {
  /** of the consortium root's file */
  readonly root: string;
  /** `process.version` of the chaincode's runtime */
  readonly node: string;
  /** of every file that the chaincode loads from its own package */
  readonly chaincode: string;
}

/** Tests, maps and declarations are never loaded. */
const NOT_LOADED = /(\.test\.js|\.map|\.d\.ts|\.tsbuildinfo)$/;

/**
 * Digests what a chaincode process is made of.
 * @param chaincodeDir the package: package.json, dist, and processes where there is one
 * @throws NetworkError FILE_MISSING
 */
export async function digestCode(chaincodeDir: string, rootFile: string): Promise<ChaincodeCode> {
  const files = [
    join(chaincodeDir, 'package.json'),
    ...(await filesUnder(join(chaincodeDir, 'dist'))),
  ];
  files.push(...(await filesUnder(join(chaincodeDir, 'processes')).catch(() => [])));
  const lines: string[] = [];
  for (const file of files.filter((each) => !NOT_LOADED.test(each))) {
    const name = relative(chaincodeDir, file).split(sep).join('/');
    lines.push(`${sha256(await read(file))}  ${name}\n`);
  }
  return {
    root: sha256(await read(rootFile, 'the consortium root ')),
    node: process.version,
    chaincode: sha256(lines.sort().join('')),
  };
}

async function filesUnder(dir: string): Promise<string[]> {
  try {
    const entries = await readdir(dir, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (cause) {
    throw new NetworkError('FILE_MISSING', `chaincode: ${dir} cannot be read; is it built?`, {
      cause,
    });
  }
}

async function read(file: string, what = ''): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new NetworkError('FILE_MISSING', `${what}${file} cannot be read`, { cause });
  }
}

function sha256(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}
