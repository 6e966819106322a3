import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { upgradeDatabases } from '../upgrade/upgrade-databases.js';
import { GatewayState } from './gateway-state.js';
import { GATEWAY_STATE } from './state-format.js';

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

  test('says its format from the start, and is opened by no version before that', async () => {
    expect(await state.collection('format', readNumber).get('state')).toBe(1);
    await state.collection('format', readNumber).put('state', 2);
    await state.close();
    const later = /expected format 1, found 2: a later version wrote it/;
    await expect(GatewayState.open(folder)).rejects.toThrow(later);
    // it was let go of: another try says the same
    await expect(GatewayState.open(folder)).rejects.toThrow(later);
  });

  test('is not opened as an earlier version left it, without a format: an upgrade takes it along', async () => {
    await state.collection('format', readNumber).delete('state');
    await state.collection('idempotency', String).put('a', 'a digest that anybody can try');
    await state.close();
    const earlier = `the gateway's state in ${folder}: expected format 1, found 0: an earlier version wrote it; 'veinledger upgrade'`;
    await expect(GatewayState.open(folder)).rejects.toThrow(earlier);
    await upgradeDatabases([{ kind: GATEWAY_STATE, folder }]);
    state = await GatewayState.open(folder);
    expect(await state.collection('idempotency', String).get('a')).toBeUndefined();
    for (const name of await readdir(folder))
      expect(String(await readFile(join(folder, name)))).not.toContain('anybody can try');
    await rm(`${folder}.format-0`, { recursive: true });
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

  test('belongs to one process at a time', async () => {
    await expect(GatewayState.open(folder)).rejects.toMatchObject({
      code: 'LEVEL_DATABASE_NOT_OPEN',
    });
  });
});
