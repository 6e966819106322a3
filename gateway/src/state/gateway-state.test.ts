import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { GatewayState } from './gateway-state.js';

const readNumber = (value: unknown): number => z.number().parse(value);

describe('what a gateway remembers', () => {
  let folder: string;
  let state: GatewayState;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-state-'));
    state = await GatewayState.open(folder);
  });
  afterEach(async () => {
    await state.close();
    await rm(folder, { recursive: true });
  });

  test('is there when it is opened again', async () => {
    await state.collection('doses', readNumber).put('a', 1);
    await state.close();
    state = await GatewayState.open(folder);
    expect(await state.collection('doses', readNumber).get('a')).toBe(1);
  });

  test('is opened without a format, as earlier versions kept it, and by no version before its own', async () => {
    await state.forget('format');
    await state.close();
    state = await GatewayState.open(folder);
    expect(await state.collection('format', readNumber).get('state')).toBe(1);
    await state.collection('format', readNumber).put('state', 2);
    await state.close();
    const later = /expected format 1, found 2: a later version wrote it/;
    await expect(GatewayState.open(folder)).rejects.toThrow(later);
    // it was let go of: another try says the same
    await expect(GatewayState.open(folder)).rejects.toThrow(later);
  });

  test('is kept apart by concern', async () => {
    await state.collection('doses', readNumber).put('a', 1);
    expect(await state.collection('vials', readNumber).get('a')).toBeUndefined();
  });

  test('changes together, and is listed by key within a range', async () => {
    const doses = state.collection('doses', readNumber);
    await doses.change([
      ['a', 1],
      ['b', 2],
      ['c', 3],
    ]);
    await doses.change([
      ['b', undefined],
      ['d', 4],
    ]);
    const listed = [];
    for await (const entry of doses.entries({ from: 'b', before: 'e', reverse: true }))
      listed.push(entry);
    expect(listed).toEqual([
      ['d', 4],
      ['c', 3],
    ]);
  });

  test('is in no file any more once it is forgotten, and what others remember is', async () => {
    const forgotten = state.collection('doses', String);
    for (const name of ['a', 'b']) await forgotten.put(name, 'a digest that anybody can try');
    await state.collection('doses-given', String).put('a', 'another');
    await state.close();
    state = await GatewayState.open(folder);
    await state.forget('doses');
    for (const name of await readdir(folder))
      expect(String(await readFile(join(folder, name)))).not.toContain('anybody can try');
    expect(await state.collection('doses', String).get('a')).toBeUndefined();
    expect(await state.collection('doses-given', String).get('a')).toBe('another');
  });

  test('belongs to one process at a time', async () => {
    await expect(GatewayState.open(folder)).rejects.toMatchObject({
      code: 'LEVEL_DATABASE_NOT_OPEN',
    });
  });
});
