import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';
import type { EntityOf, Therapy } from '@veinledger/domain';
import { requireFabric } from '@veinledger/network';
import type { FabricBench } from '../support/fabric.js';

const README = join(
  dirname(createRequire(import.meta.url).resolve('../../../package.json')),
  'README.md',
);
const COMMAND = /^```sh\n((?:(?!^```).*\n)*?.*peer chaincode query[^]*?)^```$/mu;

/** What the README's query tells of the therapy that it names, typed where the network's home lies. */
export async function queryAsInReadme(
  { home }: FabricBench,
  coi: string,
): Promise<{ readonly therapy: Therapy; readonly records: readonly EntityOf<'record'>[] }> {
  const [, command = 'false'] = COMMAND.exec(await readFile(README, 'utf8')) ?? [];
  expect(command).toContain(`"${coi}"`);
  const { binDir } = await requireFabric();
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-peer-query-'));
  try {
    await symlink(home.directory, join(folder, '.veinledger'));
    const env = { PATH: `${binDir}:${process.env['PATH'] ?? ''}` };
    const { stdout } = await promisify(execFile)('bash', ['-e', '-c', command], {
      cwd: folder,
      env,
    });
    return JSON.parse(stdout) as Awaited<ReturnType<typeof queryAsInReadme>>;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
