import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { canonicalise, sha256Base64url } from '@veinledger/domain';
import { type GatewayBench, gatewayBench } from './gateway.fixture.js';

/** What the first page of a patient may weigh, compressed, bytes. */
const FIRST_PAGE_BYTES = 150_000;

let bench: GatewayBench;
beforeAll(async () => {
  const numbers = { unwell: '020 7946 0112' };
  bench = await gatewayBench({ patientPages: { numbers } });
});
afterAll(() => bench.close());

const get = (path: string) => fetch(`${bench.gateway.url}/app/${path}`);

describe('the pages of patients', () => {
  test('are small, script and style together', async () => {
    const page = await (await get('')).text();
    const files = Array.from(
      page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/gu),
      ([, file]) => file,
    );
    expect(files.map((file) => file?.split('.').at(-1))).toEqual(
      expect.arrayContaining(['js', 'css']),
    );
    let bytes = gzipSync(page).length;
    for (const file of files) bytes += gzipSync(await (await get(file ?? '')).text()).length;
    expect(bytes).toBeLessThan(FIRST_PAGE_BYTES);
  });

  test('ask nobody but their own gateway, and run nothing but their own scripts', async () => {
    const { headers } = await get('');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toContain('unsafe-inline');
    expect(headers.get('cache-control')).toBe('no-cache');
    const page = await (await get('')).text();
    expect(page).not.toMatch(/(?:src|href)="https?:/u);
    expect(page).not.toMatch(/<script(?![^>]*src=)/u);
  });

  test('are found without the slash too', async () => {
    const answer = await fetch(`${bench.gateway.url}/app`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/app/']);
  });

  test('are told the numbers of the hospital, and what tokens name', async () => {
    expect(await (await get('settings.json')).json()).toEqual({
      audience: bench.gateway.url,
      numbers: { unwell: '020 7946 0112' },
    });
  });

  test('show a consent form by its digest, and no other text under it', async () => {
    const file = new URL('../../../gateway/web/forms/research-1.0.en.json', import.meta.url);
    const digest = sha256Base64url(canonicalise(JSON.parse(await readFile(file, 'utf8'))));
    const form: unknown = await (await get(`forms/${digest}.json`)).json();
    expect(sha256Base64url(canonicalise(form))).toBe(digest);
    expect((await get(`forms/${'A'.repeat(43)}.json`)).status).toBe(404);
  });

  test('show what members agreed to tell patients of each step', async () => {
    const words = (await (await get('words/pcv-mrna-1.0.ja.json')).json()) as object;
    expect(words).toMatchObject({ process: 'pcv-mrna', language: 'ja' });
  });

  test('say nothing of what is not there', async () => {
    for (const path of ['hello', '../package.json', 'words/../pcv-mrna-1.0.json']) {
      expect((await get(path)).status).not.toBe(200);
    }
  });
});
