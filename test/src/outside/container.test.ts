import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deployFile } from '../support/deploy-files.js';
import { programIn, run } from './program.js';
import { makeReleaseIn } from './release.fixture.js';

const IMAGE = 'veinledger-tried:latest';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'veinledger-container-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the Containerfile makes an image of a release, whose gateway runs', async () => {
  const archive = await makeReleaseIn(folder);
  const engine = programIn('VEINLEDGER_CONTAINERS');
  const file = deployFile('container/Containerfile');
  const build = ['build', '--file', file, '--build-arg', `ARCHIVE=${archive}`, '--tag', IMAGE];
  await run(engine, [...build, folder]);
  try {
    const told = await run(engine, ['run', '--rm', '--network', 'none', IMAGE, '--help']);
    expect(told).toMatch(/^veinledger-gateway \[--config FILE\]/);
  } finally {
    await run(engine, ['rmi', '--force', IMAGE]);
  }
});
