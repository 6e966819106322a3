import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { findBrowser, printPages } from './print.js';

const named = process.env['VEINLEDGER_CHROMIUM'];
afterEach(() => {
  if (named === undefined) delete process.env['VEINLEDGER_CHROMIUM'];
  else process.env['VEINLEDGER_CHROMIUM'] = named;
});

test('the browser that prints is the one that is named, and no other where it is not there', () => {
  process.env['VEINLEDGER_CHROMIUM'] = process.execPath;
  expect(findBrowser()).toBe(process.execPath);
  process.env['VEINLEDGER_CHROMIUM'] = '/nowhere/chromium';
  expect(findBrowser).toThrow('the command line does not fit');
});

test('a browser that ends without printing is told of', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-print-'));
  try {
    await expect(printPages('true', folder)).rejects.toMatchObject({ code: 'NOT_PRINTED' });
  } finally {
    await rm(folder, { recursive: true });
  }
});
