import { expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { Collection } from './collection.js';
import { forget } from './forget.js';

test('what is forgotten is in no file any more, key or value, and what others remember is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-forget-'));
  let db = new ClassicLevel(folder);
  const forgotten = new Collection(db, 'doses', String);
  for (const number of [1, 2]) {
    await forgotten.put(`a digest as key ${number}`, 'a digest that anybody can try');
  }
  await new Collection(db, 'doses-given', String).put('a', 'another');
  await db.close();
  db = new ClassicLevel(folder);
  await forget(db, 'doses');
  for (const name of await readdir(folder)) {
    const content = String(await readFile(join(folder, name)));
    expect(content).not.toMatch(/anybody can try|a digest as key/);
  }
  expect(await new Collection(db, 'doses', String).get('a digest as key 1')).toBeUndefined();
  expect(await new Collection(db, 'doses-given', String).get('a')).toBe('another');
  await db.close();
  await rm(folder, { recursive: true });
});
