import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openVaultForReading } from './open.js';

test('a check makes no vault of a folder that holds none, and closes it to nobody', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-no-vault-'));
  const { mode } = await stat(folder);
  await expect(openVaultForReading(folder)).rejects.toThrow(
    /^--vault: expected a file or folder, found no .*identity\.txt$/,
  );
  expect(await readdir(folder)).toEqual([]);
  expect((await stat(folder)).mode).toBe(mode);
  await rm(folder, { recursive: true });
});
