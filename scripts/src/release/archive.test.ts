import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { archive } from './archive.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-archive-'));
});
afterAll(() => rm(folder, { recursive: true }));

const FILES = ['b.txt', 'a.txt', 'é.txt'];

/** The same content, made in an order, at a time and under a mask. */
async function content(name: string, files: readonly string[], mode: number, at: Date) {
  const place = join(folder, name);
  await mkdir(join(place, 'bin'), { recursive: true });
  for (const each of files) {
    await writeFile(join(place, each), each, { mode });
    await utimes(join(place, each), at, at);
  }
  await writeFile(join(place, 'bin', 'run'), '#!/bin/sh\n');
  await chmod(join(place, 'bin', 'run'), mode | 0o100);
  await symlink('../a.txt', join(place, 'bin', 'link'));
  return place;
}

const options = { prefix: 'veinledger-1', time: new Date('2026-11-22T13:07:00.000Z') };

describe('an archive', () => {
  test('is the same tar wherever the same is archived', async () => {
    const one = await content('one', FILES, 0o644, new Date(0));
    const two = await content('two', [...FILES].reverse(), 0o600, new Date());
    const { tar } = await archive(one, join(folder, 'one.tar.gz'), options);
    expect(await archive(two, join(folder, 'two.tar.gz'), options)).toEqual({ tar });
    await writeFile(join(two, 'a.txt'), 'other');
    expect(await archive(two, join(folder, 'two.tar.gz'), options)).not.toEqual({ tar });
  });

  test('holds files, programs and links below one folder', async () => {
    const file = join(folder, 'held.tar.gz');
    await archive(await content('held', FILES, 0o600, new Date()), file, options);
    const found: unknown[] = [];
    const entries = createReadStream(file).pipe(createGunzip()).pipe(extract());
    for await (const entry of entries) {
      const { name, type, mode, linkname } = entry.header;
      found.push([name, type, mode.toString(8), linkname]);
      entry.resume();
    }
    expect(found).toEqual([
      ['veinledger-1/', 'directory', '755', null],
      ['veinledger-1/a.txt', 'file', '644', null],
      ['veinledger-1/b.txt', 'file', '644', null],
      ['veinledger-1/bin/', 'directory', '755', null],
      ['veinledger-1/bin/link', 'symlink', '777', '../a.txt'],
      ['veinledger-1/bin/run', 'file', '755', null],
      ['veinledger-1/é.txt', 'file', '644', null],
    ]);
  });
});
