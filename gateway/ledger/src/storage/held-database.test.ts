import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { HeldDatabase, type UpgradeProgress } from './held-database.js';
import { contentOf, FIRST, keepVials, PRESENT, VIALS } from './upgraded-kind.fixture.js';

const PROCESS = new URL('./upgrade-process.fixture.js', import.meta.url).pathname;

/** What is told of one whole upgrade of three steps. */
const WHOLE = [
  ...['copying', 'copying', 'written', 'copied', 'noted'],
  ...['step', 'done', 'stamped', 'step', 'done', 'stamped', 'step', 'done', 'stamped'],
];

let home: string;
let folder: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'veinledger-upgrade-'));
  folder = join(home, 'vials');
  await keepVials(folder);
});
afterEach(() => rm(home, { recursive: true }));

/** Upgrades as a command would; tells what was told. */
async function upgrade(onTold: (progress: UpgradeProgress) => void = () => undefined) {
  const told: UpgradeProgress[] = [];
  const tell = (progress: UpgradeProgress) => {
    told.push(progress);
    onTold(progress);
  };
  const held = await HeldDatabase.take(VIALS, folder);
  try {
    const copy = await held?.upgrade(tell);
    return { told: told.map(({ at }) => at), copy };
  } finally {
    await held?.release();
  }
}

/** Upgrades in a process of its own, which dies when it has told so often how far it came. */
async function killedAt(tells: number): Promise<string | null> {
  const child = spawn(process.execPath, [PROCESS, folder, String(tells)], { stdio: 'inherit' });
  await once(child, 'exit');
  return child.signalCode;
}

describe('a database that an earlier version kept', () => {
  test('is copied, then taken step by step to the present format', async () => {
    const held = await HeldDatabase.take(VIALS, folder);
    expect(held?.found).toBe(0);
    expect(held?.missing.map(({ says }) => says)).toEqual(VIALS.steps.map(({ says }) => says));
    await held?.release();
    const { told, copy } = await upgrade();
    expect(told).toEqual(WHOLE);
    expect(copy).toBe(join(home, 'vials.format-0'));
    expect(await contentOf(folder)).toEqual(PRESENT);
    expect(await contentOf(copy ?? '')).toEqual(FIRST);
  });

  test.each(WHOLE.map((at, index) => [index + 1, at] as const))(
    'ends at the same when its upgrade was killed at moment %d (%s) and is called again',
    async (tells) => {
      expect(await killedAt(tells)).toBe('SIGKILL');
      await upgrade();
      expect(await contentOf(folder)).toEqual(PRESENT);
      const copies = (await readdir(home)).filter((name) => name !== 'vials').sort();
      for (const name of copies) expect(await contentOf(join(home, name))).toEqual(FIRST);
      // between a copy's name and the note of it, it is made once more
      expect(copies).toEqual(
        WHOLE[tells - 1] === 'copied' ? ['vials.format-0', 'vials.format-0-2'] : ['vials.format-0'],
      );
    },
  );

  test('is left as it was when the copy cannot be written', async () => {
    await writeFile(join(home, 'vials.format-0.partial'), 'left by somebody');
    const failed = upgrade(({ at }) => {
      if (at === 'copying') throw new Error('no space is left');
    });
    await expect(failed).rejects.toThrow('no space is left');
    expect(await contentOf(folder)).toEqual(FIRST);
    expect(await readdir(home)).toEqual(['vials']);
  });

  test('is copied anew when somebody went back to an earlier copy, which stays', async () => {
    const { copy = '' } = await upgrade();
    await rm(folder, { recursive: true });
    await rename(copy, folder);
    await mkdir(copy);
    const again = await upgrade();
    expect(again.copy).toBe(`${copy}-2`);
    expect(await contentOf(again.copy ?? '')).toEqual(FIRST);
    expect(await contentOf(folder)).toEqual(PRESENT);
  });
});

describe('a database', () => {
  test('of the present format lacks nothing', async () => {
    await upgrade();
    const held = await HeldDatabase.take(VIALS, folder);
    expect([held?.found, held?.missing]).toEqual([3, []]);
    await held?.release();
  });

  test('that is open is not taken', async () => {
    const held = await HeldDatabase.take(VIALS, folder);
    await expect(HeldDatabase.take(VIALS, folder)).rejects.toThrow(
      `the vials in ${folder}: expected nobody to have it open, found it open in another process`,
    );
    await held?.release();
  });

  test('of a later version is not taken, and let go of', async () => {
    await upgrade();
    const before = { ...VIALS, steps: VIALS.steps.slice(0, 2) };
    for (const kind of [before, before]) {
      await expect(HeldDatabase.take(kind, folder)).rejects.toThrow(
        `the vials in ${folder}: expected format 2, found 3: a later version wrote it`,
      );
    }
  });

  test('that is not there is none, and none is made', async () => {
    expect(await HeldDatabase.take(VIALS, join(home, 'nothing'))).toBeUndefined();
    expect(await readdir(home)).toEqual(['vials']);
  });
});
