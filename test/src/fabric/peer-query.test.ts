import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EntityOf, Therapy } from '@veinledger/domain';
import { requireFabric } from '@veinledger/network';
import { type FabricBench, fabricBench } from '../support/fabric.js';
import { World } from '../support/world.js';

const run = promisify(execFile);
const README = join(
  dirname(createRequire(import.meta.url).resolve('../../../package.json')),
  'README.md',
);
const COMMAND = /^```sh\n((?:(?!^```).*\n)*?.*peer chaincode query[^]*?)^```$/mu;

/** The README's command, as somebody types it where the network's home lies. */
describe('with a member’s identity and Fabric’s own command line', () => {
  let bench: FabricBench;
  let folder: string;
  let coi: string;

  beforeAll(async () => {
    bench = await fabricBench();
    folder = await mkdtemp(join(tmpdir(), 'veinledger-peer-query-'));
    await symlink(bench.home.directory, join(folder, '.veinledger'));
    const world = await World.open(bench);
    ({ coi } = await world.orderedTherapy());
  });

  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    await bench.close();
  });

  test('a therapy’s trace is read by exactly what the README says', async () => {
    const [, command = 'false'] = COMMAND.exec(await readFile(README, 'utf8')) ?? [];
    expect(command).toContain(`"${coi}"`);
    const { binDir } = await requireFabric();
    const env = { PATH: `${binDir}:${process.env['PATH'] ?? ''}` };
    const { stdout } = await run('bash', ['-e', '-c', command], { cwd: folder, env });
    const trace = JSON.parse(stdout) as { therapy: Therapy; records: EntityOf<'record'>[] };
    expect(trace.therapy).toMatchObject({ coi, patient: 'patient-1' });
    expect(trace.records.map(({ type }) => type)).toEqual(['therapy:OrderTherapy']);
  });
});
