import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ClassicLevel } from 'classic-level';
import { SharedView } from './shared-view.js';

let directory: string;
let db: ClassicLevel;
let taken: number;
let views: SharedView;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'veinledger-views-'));
  db = new ClassicLevel(directory);
  await db.open();
  taken = 0;
  views = new SharedView(() => {
    taken += 1;
    return db.snapshot();
  });
});
afterEach(async () => {
  await db.close();
  await rm(directory, { recursive: true });
});

describe('a view of the state', () => {
  test('is shared by those who open it between two blocks, and stays as it was', async () => {
    await db.put('key', 'before');
    const [one, other] = [views.open(), views.open()];
    await db.put('key', 'after');
    views.renew();
    const later = views.open();
    expect(taken).toBe(2);
    expect(await db.get('key', one)).toBe('before');
    await one.close();
    await one.close();
    expect(await db.get('key', other)).toBe('before');
    expect(await db.get('key', later)).toBe('after');
    await other.close();
    await later.close();
  });

  test('is taken anew once everybody has closed it', async () => {
    await views.open().close();
    await db.put('key', 'value');
    const view = views.open();
    expect(taken).toBe(2);
    expect(await db.get('key', view)).toBe('value');
    await view.close();
  });
});
