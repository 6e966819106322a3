import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { ROOT, runJest } from './run-jest.js';

const directory = await mkdtemp(join(tmpdir(), 'veinledger-suites-'));
afterAll(() => rm(directory, { recursive: true, force: true }));

/** Writes a suite for jest to run. */
async function suite(name: string, text: string): Promise<string> {
  const file = join(directory, name);
  await writeFile(file, text);
  return relative(ROOT, file);
}
const run = (pattern: string) => runJest([pattern, '--roots', directory], process.env, 'ignore');

describe('a run of jest', () => {
  test('names the suites with a test that failed and those that could not be run', async () => {
    const sound = await suite('sound.test.js', `test('holds', () => {});`);
    const failing = await suite('failing.test.js', `test('fails', () => { throw Error('no'); });`);
    const broken = await suite('broken.test.js', `throw Error('not run at all');`);
    const whole = await run('');
    expect(whole).toMatchObject({ code: 1, failed: [broken, failing] });
    expect(whole.ran.map(({ path }) => path).sort()).toEqual([broken, failing, sound]);
    expect(await run('sound')).toMatchObject({ code: 0, failed: [], ran: [{ path: sound }] });
  });

  test('that finds no suite has failed, and names none', async () => {
    expect(await run('no suite of this name')).toMatchObject({ code: 1, failed: [], ran: [] });
  });
});
