import { execFile } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { launcher } from './launcher.js';
import { readWorkspaces, REPOSITORY } from './workspaces.js';

const run = promisify(execFile);

/** What npm installs by. */
const LOCKED = ['package.json', 'package-lock.json', '.npmrc'];

/** What is for people. */
const PAPERS = ['LICENSE', 'README.md', 'CHANGELOG.md', 'SECURITY.md', 'docs'];

/** What a workspace has for those who build and test it. */
const NOT_SHIPPED =
  /^(?:src|public|node_modules|tsconfig.*\.json|vite\.config\.js|.*\.tsbuildinfo|.*\.(?:test|fixture)\..*)$/;

/** What Node's package has for those who compile against it. */
const OF_NODE = ['include', 'share'];

/** For the machines that an archive is made for, the package that holds their Node. */
export function nodePackage(): string {
  return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

/**
 * Fills a folder with all that runs here, built, with the packages that it needs and the Node that runs it.
 * @throws Error when npm cannot install
 */
export async function stage(folder: string): Promise<void> {
  const { version, workspaces } = await readWorkspaces();
  await mkdir(folder, { recursive: true });
  const take = (name: string) =>
    cp(join(REPOSITORY, name), join(folder, name), {
      recursive: true,
      filter: (from) => from === REPOSITORY || !NOT_SHIPPED.test(basename(from)),
    });
  for (const name of [...LOCKED, ...PAPERS]) await take(name);
  for (const name of new Set(workspaces.map((each) => each.folder))) await take(name);
  // no package's own program runs while the archive is made: what it would compile differs by machine
  const npm = [
    'ci',
    '--omit=dev',
    '--ignore-scripts',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
  ];
  await run('npm', npm, { cwd: folder });
  const node = join('node_modules', nodePackage());
  for (const name of OF_NODE) await rm(join(folder, node, name), { recursive: true, force: true });
  for (const name of [...LOCKED, join('node_modules', '.package-lock.json')]) {
    await rm(join(folder, name));
  }
  const manifest = { name: 'veinledger', version, private: true, type: 'module' };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await mkdir(join(folder, 'bin'));
  for (const { bin, folder: below } of workspaces) {
    for (const [name, script] of Object.entries(bin)) {
      const text = launcher(join(node, 'bin', 'node'), join(below, script));
      await writeFile(join(folder, 'bin', name), text, { mode: 0o755 });
    }
  }
}
