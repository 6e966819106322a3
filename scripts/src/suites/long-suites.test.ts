import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { LONG_SUITES, secondsOf } from './long-suites.js';
import { ROOT } from './run-jest.js';

/** What jest makes of the class that its settings name. */
type Sequencer = new (options: object) => {
  sort<Test extends { readonly path: string }>(tests: readonly Test[]): readonly Test[];
};

describe('the list of long suites', () => {
  test('names suites that there are', () => {
    const missing = Object.keys(LONG_SUITES).filter((path) => !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });

  test('has jest run them first, the longest of all before the others', async () => {
    const file = new URL('../../longest-first.js', import.meta.url).href;
    const { default: LongestFirst } = (await import(file)) as { default: Sequencer };
    const cacheDirectory = await mkdtemp(join(tmpdir(), 'veinledger-order-'));
    const config = { cacheDirectory, id: 'never ran' };
    const context = { config, hasteFS: { getSize: (path: string) => path.length } };
    const [shortest = '', ...longer] = Object.keys(LONG_SUITES).reverse();
    const paths = ['test/dist/of-no-known-length.test.js', shortest, ...longer];
    const tests = paths.map((path) => ({ path: join(ROOT, path), context }));
    const sorted = new LongestFirst({ contexts: [], globalConfig: {} }).sort(tests);
    const seconds = sorted.map(({ path }) => secondsOf(path));
    expect(seconds).toEqual(seconds.toSorted((one, other) => other - one));
    expect(seconds.at(-1)).toBe(0);
    await rm(cacheDirectory, { recursive: true });
  });

  test('gives no time to one that is not in it', () => {
    expect(secondsOf(join(ROOT, 'scripts/dist/suites/long-suites.test.js'))).toBe(0);
  });
});
