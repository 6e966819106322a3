import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FaultStage, openFaultStage } from '#scripts';
import { afterAll, beforeAll } from '@jest/globals';
import { faultsChapter } from './faults.js';
import { ledgersChapter } from './ledgers.js';
import type { UnderLoad } from './under-load.fixture.js';

let directory: string;
let stage: FaultStage | undefined;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'veinledger-under-load-'));
  stage = await openFaultStage(directory, () => undefined);
});
afterAll(async () => {
  await stage?.close();
  await rm(directory, { recursive: true });
});

function opened(): UnderLoad {
  if (stage === undefined) throw new Error('expected to be asked in a test or a hook');
  return { directory, stage };
}

faultsChapter(opened);
ledgersChapter(opened);
