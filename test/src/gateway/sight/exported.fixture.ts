import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { homeAt, type Person } from '#scripts';
import { writeActorKeys } from '@veinledger/client/node';
import { here } from '../../cli/cli.fixture.js';
import type { Played } from './played.fixture.js';

/** What a therapy's export holds. */
export interface Exported {
  /** ids of the therapy's commands, in their order */
  readonly commands: readonly string[];
  /** every file of it, as it stands; signed texts as their signers typed them */
  readonly texts: readonly string[];
}

/** What the command line exports of the therapy for a person; the code of the complaint where it does not. */
export async function exportFor(
  { bench, journey }: Pick<Played, 'bench' | 'journey'>,
  person: Person,
): Promise<Exported | string> {
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-export-'));
  try {
    const home = homeAt(join(folder, 'home'));
    await mkdir(dirname(home.rootFile), { recursive: true });
    await writeFile(home.rootFile, JSON.stringify(bench.consortium.root));
    await mkdir(join(home.directory, 'keys'));
    await writeActorKeys(join(home.directory, 'keys', `${person.id}.json`), person.keys);
    const to = join(folder, 'export');
    const { code, err } = await here(
      ...['export', journey.coi, '--to', to, '--as', person.id],
      ...['--home', home.directory, '--gateway', bench.gateway.url],
    );
    return code === 0 ? await readExport(to) : err;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function readExport(folder: string): Promise<Exported> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile());
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')),
  );
  const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
    readonly commands: readonly { readonly id: string }[];
  };
  return { commands: manifest.commands.map(({ id }) => id), texts: texts.map(opened) };
}

function opened(text: string): string {
  const { payload } = JSON.parse(text) as { readonly payload?: string };
  return payload === undefined ? text : Buffer.from(payload, 'base64url').toString();
}
