import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GENERATORS } from '#scripts';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { generate } from './generated-client.js';
import { OUTSIDE, run } from './program.js';
import { readOf, servedTherapy, type ServedTherapy } from './therapy.fixture.js';

const PATH = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath';

let served: ServedTherapy;

beforeAll(async () => {
  served = await servedTherapy();
});
afterAll(() => served.close());

test('a Java client made by openapi-generator compiles and reads a therapy', async () => {
  const folder = join(served.folder, 'java');
  await generate({ version: GENERATORS[0], language: 'java', document: served.document, folder });
  const named = join(folder, 'classpath');
  await run('mvn', ['-q', '-B', 'compile', PATH, `-Dmdep.outputFile=${named}`], { cwd: folder });
  const classpath = `${join(folder, 'target', 'classes')}:${await readFile(named, 'utf8')}`;
  const reader = join(OUTSIDE, 'java', 'ReadTherapy.java');
  const args = ['-cp', classpath, reader, served.url, await served.token(), served.coi];
  expect(JSON.parse(await run('java', args))).toEqual(readOf(served));
});
