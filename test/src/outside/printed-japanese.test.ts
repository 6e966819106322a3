import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { printPages } from '#scripts';

const JAPANESE = '検査室の技師が署名しました';
const BROWSER = process.env['VEINLEDGER_CHROMIUM'] ?? '';
const FC_LIST = process.env['VEINLEDGER_FC_LIST'] ?? '';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-japanese-'));
  const page = (text: string) => `<!doctype html><meta charset="utf-8" /><p>${text}</p>`;
  await writeFile(join(folder, 'inspection.html'), page(`Signed: ${JAPANESE}`));
  await writeFile(join(folder, 'therapy.html'), page('Signed'));
  await printPages(BROWSER, folder);
});
afterAll(() => rm(folder, { recursive: true }));

/** The fonts that a printed page embeds. */
async function embeddedIn(page: string): Promise<ReadonlySet<string>> {
  const text = await readFile(join(folder, `${page}.pdf`), 'latin1');
  const named = text.matchAll(/\/FontName \/[A-Z]{6}\+([^\s/]+)/gu);
  return new Set(Array.from(named, ([, name = '']) => name));
}

test('a pack that holds Japanese is printed by a font that has it, embedded', async () => {
  const { stdout } = await promisify(execFile)(FC_LIST, [':lang=ja', 'postscriptname']);
  const known = new Set(
    Array.from(stdout.matchAll(/postscriptname=(.+)/gu), ([, name = '']) => name.trim()),
  );
  const plain = await embeddedIn('therapy');
  const added = [...(await embeddedIn('inspection'))].filter((name) => !plain.has(name));
  expect(added.filter((name) => known.has(name))).not.toEqual([]);
});
