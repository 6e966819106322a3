import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { sealAnnex } from '@veinledger/client';
import { AnnexVault } from './annex-vault.js';
import { sweepOrphans } from './sweep.js';

const { text, digest } = sealAnnex({ results: [{ check: 'rin', value: 7.8 }] });
const origin = { commandId: 'command-1', organisation: 'LabMSP', coi: 'H123426900001K' };
const committed =
  (...ids: readonly string[]) =>
  (id: string) =>
    Promise.resolve(ids.includes(id));
const later = () => Date.now() + 1000;

let folder: string;
let vault: AnnexVault;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-vault-'));
  vault = await AnnexVault.open(folder);
});
afterEach(() => rm(folder, { recursive: true }));

describe('the vault', () => {
  test('gives back what it was given, also after a restart', async () => {
    await vault.put(digest, text, origin);
    expect(await vault.get(digest)).toBe(text);
    const reopened = await AnnexVault.open(folder);
    expect(await reopened.find(digest)).toEqual({ text, origins: [origin] });
  });

  test('knows nothing of other digests', async () => {
    expect(await vault.get(sealAnnex({}).digest)).toBeUndefined();
  });

  test('writes age v1 files to a hybrid recipient, in which nothing can be read', async () => {
    await vault.put(digest, text, origin);
    const file = await readFile(join(folder, `${digest}.age`), 'latin1');
    expect(file).toMatch(/^age-encryption\.org\/v1\n-> mlkem768x25519 /);
    expect(file).not.toContain('rin');
    expect(file).not.toContain(origin.coi);
  });

  test('lets nobody but its owner read its key, and makes no second one over sealed annexes', async () => {
    expect((await stat(join(folder, 'identity.txt'))).mode & 0o777).toBe(0o600);
    await vault.put(digest, text, origin);
    await rm(join(folder, 'identity.txt'));
    await expect(AnnexVault.open(folder)).rejects.toThrow(/expected identity.txt/);
  });

  test('does not give out a file that was put under another digest', async () => {
    await vault.put(digest, text, origin);
    const other = sealAnnex({}).digest;
    await writeFile(join(folder, `${other}.age`), await readFile(join(folder, `${digest}.age`)));
    await expect(vault.get(other)).rejects.toThrow(/found another text/);
  });

  test('remembers every command that brought an annex, once each, also at the same time', async () => {
    const second = { ...origin, commandId: 'command-2' };
    await Promise.all([origin, second, origin].map((each) => vault.put(digest, text, each)));
    const found = await vault.find(digest);
    expect(found?.origins.map(({ commandId }) => commandId).sort()).toEqual([
      'command-1',
      'command-2',
    ]);
  });

  test('leaves no temporary file behind', async () => {
    await vault.put(digest, text, origin);
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('the sweep', () => {
  test('takes away an annex whose command never committed', async () => {
    await vault.put(digest, text, origin);
    expect(await sweepOrphans(vault, committed(), later())).toEqual([digest]);
    expect(await vault.get(digest)).toBeUndefined();
  });

  test('spares an annex during the grace period', async () => {
    await vault.put(digest, text, origin);
    expect(await sweepOrphans(vault, committed(), Date.now() - 60_000)).toEqual([]);
    expect(await vault.get(digest)).toBe(text);
  });

  test('keeps an annex of which one of two commands committed', async () => {
    await vault.put(digest, text, origin);
    await vault.put(digest, text, { ...origin, commandId: 'command-2' });
    expect(await sweepOrphans(vault, committed('command-2'), later())).toEqual([]);
    expect(await vault.get(digest)).toBe(text);
    expect(await vault.unconfirmed(later())).toEqual([]);
  });

  test('does not look at what is confirmed', async () => {
    await vault.put(digest, text, origin);
    await vault.confirm(digest);
    expect(await sweepOrphans(vault, committed(), later())).toEqual([]);
    expect(await vault.get(digest)).toBe(text);
  });
});
