import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';

const EXECUTABLE = 0o111;

type EntryHeader = Parameters<Pack['entry']>[0];

export interface Archived {
  /** SHA-256 of the tar within, lower-case hex: the same wherever the same was archived */
  readonly tar: string;
}

/**
 * Archives a folder as `.tar.gz`: sorted, nobody's, with one time and two modes, so that the same content gives the
 * same tar. (Compressors differ between processors.)
 * @param prefix the folder that it unpacks to
 * @param time of every entry
 */
export async function archive(
  folder: string,
  file: string,
  { prefix, time }: { readonly prefix: string; readonly time: Date },
): Promise<Archived> {
  const tar = pack();
  const hash = createHash('sha256');
  const hashed = new PassThrough();
  hashed.on('data', (chunk: Buffer) => hash.update(chunk));
  const written = pipeline(tar, hashed, createGzip(), createWriteStream(file));
  await Promise.all([fill(tar, folder, prefix, time).finally(() => tar.finalize()), written]);
  return { tar: hash.digest('hex') };
}

async function fill(tar: Pack, folder: string, prefix: string, mtime: Date): Promise<void> {
  const common = { mtime, uid: 0, gid: 0 } as const;
  await put(tar, { ...common, name: `${prefix}/`, type: 'directory', mode: 0o755 });
  const names = (await readdir(folder)).sort();
  for (const each of names) {
    const [path, name] = [join(folder, each), `${prefix}/${each}`];
    const found = await lstat(path);
    if (found.isDirectory()) {
      await fill(tar, path, name, mtime);
    } else if (found.isSymbolicLink()) {
      const linkname = await readlink(path);
      await put(tar, { ...common, name, type: 'symlink', linkname, mode: 0o777 });
    } else {
      const mode = (found.mode & EXECUTABLE) === 0 ? 0o644 : 0o755;
      await put(tar, { ...common, name, type: 'file', mode, size: found.size }, path);
    }
  }
}

async function put(tar: Pack, header: EntryHeader, file?: string): Promise<void> {
  if (file === undefined) {
    await new Promise<void>((done, fail) => {
      tar.entry(header, (error) => (error ? fail(error) : done()));
    });
    return;
  }
  await pipeline(createReadStream(file), tar.entry(header));
}
