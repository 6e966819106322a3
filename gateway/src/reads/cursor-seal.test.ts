import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayState } from '../state/gateway-state.js';
import { type Asking, CursorSeal, MAX_CURSOR_LENGTH } from './cursor-seal.js';

const asking: Asking = {
  query: { list: 'things', parameters: { coi: 'G123417654321A' }, filters: { noun: 'item' } },
  caller: 'hospital.nurse',
};

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A character whose first bit differs: the last bits of a text's end say nothing. */
function otherThan(character = '.'): string {
  return character === '.' ? 'A' : (BASE64URL[BASE64URL.indexOf(character) ^ 32] ?? 'A');
}

describe('a cursor', () => {
  let folder: string;
  let state: GatewayState;
  let seal: CursorSeal;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'veinledger-cursors-'));
    state = await GatewayState.open(folder);
    seal = await CursorSeal.open(state);
  });
  afterEach(async () => {
    await state.close();
    await rm(folder, { recursive: true });
  });

  test('leads to the place that it was made of, after a restart too', async () => {
    const cursor = await seal.seal('item/G123417654321A', asking);
    await state.close();
    state = await GatewayState.open(folder);
    const again = await CursorSeal.open(state);
    expect(await again.place(cursor, asking)).toBe('item/G123417654321A');
  });

  test('shows nothing of what it stands for, and is short', async () => {
    const cursor = await seal.seal('patient-7', asking);
    const shown = cursor.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    expect(shown.join()).not.toMatch(/patient-7|nurse|G1234/);
    expect((await seal.seal('x'.repeat(500), asking)).length).toBeLessThan(MAX_CURSOR_LENGTH);
  });

  test.each<[string, Partial<Asking>]>([
    ['another caller', { caller: 'hospital.clinician' }],
    ['another filter', { query: { ...asking.query, filters: { noun: 'batch' } } }],
    ['another list', { query: { ...asking.query, list: 'records' } }],
  ])('is foreign to %s', async (_, other) => {
    const cursor = await seal.seal('place', asking);
    await expect(seal.place(cursor, { ...asking, ...other })).rejects.toMatchObject({
      details: { status: 400, code: 'CURSOR_FOREIGN', field: 'query.cursor' },
    });
  });

  test('is invalid when a character of it is altered', async () => {
    const cursor = await seal.seal('place', asking);
    for (let at = 0; at < cursor.length; at += 9) {
      const altered = `${cursor.slice(0, at)}${otherThan(cursor[at])}${cursor.slice(at + 1)}`;
      await expect(seal.place(altered, asking)).rejects.toMatchObject({
        details: { status: 400, code: 'CURSOR_INVALID' },
      });
    }
  });

  test.each(['', 'next', '50', 'a.b.c.d.e'])('is not: %s', async (text) => {
    await expect(seal.place(text, asking)).rejects.toMatchObject({
      details: { code: 'CURSOR_INVALID' },
    });
  });

  test("of another gateway's key is invalid", async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'veinledger-cursors-'));
    const other = await GatewayState.open(elsewhere);
    const cursor = await (await CursorSeal.open(other)).seal('place', asking);
    await expect(seal.place(cursor, asking)).rejects.toMatchObject({
      details: { code: 'CURSOR_INVALID' },
    });
    await other.close();
    await rm(elsewhere, { recursive: true });
  });
});
