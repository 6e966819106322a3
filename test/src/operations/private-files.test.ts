import { chmod, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { foundDeployment, killLeft, settingsIn, startDeployed } from './deployed.fixture.js';

/** What a gateway keeps: annexes, keys, what it remembers, the ledger, and copies of all that. */
const KEPT = ['vault', 'keystore', 'ledger', 'backups'];
const OTHERS = 0o077;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-private-'));
  await chmod(folder, 0o755);
});
afterAll(async () => {
  killLeft();
  await rm(folder, { recursive: true });
});

/** Everything in a folder that others than its owner may read, write or enter. */
async function openToOthers(kept: string): Promise<string[]> {
  const places = [
    kept,
    ...(await readdir(join(folder, kept), { recursive: true })).map((each) => join(kept, each)),
  ];
  const modes = await Promise.all(
    places.map(async (place) => ({ place, mode: (await stat(join(folder, place))).mode })),
  );
  return modes.flatMap(({ place, mode }) =>
    (mode & OTHERS) === 0 ? [] : [`${place} ${(mode & 0o777).toString(8)}`],
  );
}

describe('what a gateway keeps on disk', () => {
  test('is for its owner only, in folders that were open to others before too', async () => {
    const { home } = await foundDeployment(folder);
    for (const kept of KEPT) await mkdir(join(folder, kept), { recursive: true, mode: 0o755 });
    const gateway = await startDeployed(folder, {
      ...settingsIn(home),
      keystore: 'keystore',
      backups: { folder: 'backups' },
    });
    const backup = await fetch(`${gateway.managementUrl}/backups`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"directory":"first"}',
    });
    expect(backup.status).toBe(201);
    expect(await gateway.stop('SIGTERM')).toBe(0);
    expect(await Promise.all(KEPT.map(openToOthers))).toEqual(KEPT.map(() => []));
  });
});
