import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { writeDurably } from './durable-file.js';

const folder = mkdtempSync(join(tmpdir(), 'veinledger-durable-'));
const file = join(folder, 'secret');
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file of the network', () => {
  test('is replaced whole, in its mode, with nothing left beside it', () => {
    writeDurably(file, 'old', 0o600);
    writeDurably(file, 'new', 0o600);
    expect(readFileSync(file, 'utf8')).toBe('new');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['secret']);
  });

  test('stays what it was where the new one cannot be written', () => {
    mkdirSync(`${file}.new`);
    expect(() => writeDurably(file, 'newer')).toThrow('EISDIR');
    expect(readFileSync(file, 'utf8')).toBe('new');
  });
});
