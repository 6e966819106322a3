import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateActorKeys } from './generate.js';
import { readActorKeys, writeActorKeys } from './key-files.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-keys-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe("an actor's keys", () => {
  test('are new each time', () => {
    expect(generateActorKeys()).not.toEqual(generateActorKeys());
  });

  test('are read back from their file, which only the owner can read', async () => {
    const file = join(folder, 'nurse.json');
    const keys = generateActorKeys();
    await writeActorKeys(file, keys);
    expect(await readActorKeys(file)).toEqual(keys);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('never replace keys that are there', async () => {
    const file = join(folder, 'lab.json');
    const keys = generateActorKeys();
    await writeActorKeys(file, keys);
    await expect(writeActorKeys(file, generateActorKeys())).rejects.toThrow(/EEXIST/u);
    expect(await readActorKeys(file)).toEqual(keys);
  });

  test('of another shape are refused by field, without quoting a private key', async () => {
    const file = join(folder, 'short.json');
    const keys = generateActorKeys();
    const short = keys.private.ed25519.slice(1);
    await writeFile(
      file,
      JSON.stringify({ ...keys, private: { ...keys.private, ed25519: short } }),
    );
    const error: unknown = await readActorKeys(file).catch((reason: unknown) => reason);
    expect(String(error)).toContain(`${file} holds no actor keys: unexpected private.ed25519`);
    expect(String(error)).not.toContain(short);
  });

  test('that are no JSON are refused without quoting the file', async () => {
    const file = join(folder, 'broken.json');
    await writeFile(file, '{"private": SECRET');
    const error: unknown = await readActorKeys(file).catch((reason: unknown) => reason);
    expect(String(error)).toContain(`${file} holds no actor keys`);
    expect(String(error)).not.toContain('SECRET');
  });
});
