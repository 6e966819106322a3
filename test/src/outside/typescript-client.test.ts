import { symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { folderOf, run } from './program.js';
import { readOf, servedTherapy, type ServedTherapy } from './therapy.fixture.js';

let served: ServedTherapy;

beforeAll(async () => {
  served = await servedTherapy();
});
afterAll(() => served.close());

/** Compiles only where an answer has one type: a union with another one has no such members. */
const READER = `
import createClient from 'openapi-fetch';
import type { paths } from './schema.js';

const [baseUrl = '', token = '', coi = ''] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl, headers: { authorization: \`Bearer \${token}\` } });
const params = { path: { coi } };
const { data: therapy } = await client.GET('/v1/therapies/{coi}', { params });
const { data: trace } = await client.GET('/v1/therapies/{coi}/trace', { params });
const version: string | undefined = therapy?.process.version;
const things: number | undefined = trace?.things.length;
console.log(JSON.stringify({ coi: therapy?.coi, process: version, things }));
`;

const SETTINGS = {
  compilerOptions: {
    strict: true,
    target: 'es2022',
    module: 'nodenext',
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(createRequire(import.meta.url).resolve('@types/node/package.json'), '../..')],
  },
  files: ['reader.ts'],
};

test('a client made by openapi-typescript and openapi-fetch reads a therapy', async () => {
  const { folder, document } = served;
  const modules = join(folderOf('VEINLEDGER_OUTSIDE_NPM'), 'node_modules');
  await symlink(modules, join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'reader.ts'), READER);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(SETTINGS));
  const made = join(folder, 'schema.d.ts');
  await run(join(modules, '.bin', 'openapi-typescript'), [document, '--output', made]);
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  await run(process.execPath, [compiler, '--project', folder]);
  const reader = [join(folder, 'reader.js'), served.url, await served.token(), served.coi];
  expect(JSON.parse(await run(process.execPath, reader))).toEqual(readOf(served));
});
