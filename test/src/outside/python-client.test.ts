import { join } from 'node:path';
import { GENERATORS } from '#scripts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generate } from './generated-client.js';
import { folderOf, OUTSIDE, run } from './program.js';
import { readOf, servedTherapy, type ServedTherapy } from './therapy.fixture.js';

let served: ServedTherapy;

beforeAll(async () => {
  served = await servedTherapy();
});
afterAll(() => served.close());

describe('a Python client made by openapi-generator', () => {
  test.each(GENERATORS)('%s reads a therapy', async (version) => {
    const folder = join(served.folder, `python-${version}`);
    await generate({ version, language: 'python', document: served.document, folder });
    const python = join(folderOf('VEINLEDGER_OUTSIDE_PYTHON'), 'bin', 'python');
    const args = [join(OUTSIDE, 'python', 'read_therapy.py'), served.url];
    const read = await run(python, [...args, await served.token(), served.coi], {
      env: { ...process.env, PYTHONPATH: folder },
    });
    expect(JSON.parse(read)).toEqual(readOf(served));
  });
});
