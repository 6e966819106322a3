import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { printPages } from '#scripts';
import { BROWSER } from './chromium.fixture.js';

const PAGES = ['inspection', 'therapy'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-print-'));
  for (const page of PAGES) {
    const text = `<!doctype html><meta charset="utf-8" /><title>${page}</title><p>Ä ${page}</p>`;
    await writeFile(join(folder, `${page}.html`), text);
  }
  await printPages(BROWSER, folder);
});
afterAll(() => rm(folder, { recursive: true }));

test.each(PAGES)('the page %s is printed for its owner, with its fonts embedded', async (page) => {
  const file = join(folder, `${page}.pdf`);
  const text = await readFile(file, 'latin1');
  expect(text).toMatch(/^%PDF-/u);
  expect(text).toMatch(/\/FontFile\d/u);
  expect((await stat(file)).mode & 0o77).toBe(0);
});
