import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { archive } from './archive.js';
import { packPackages } from './packages.js';
import { stage } from './staging.js';
import { readWorkspaces, REPOSITORY } from './workspaces.js';

const SUMS = 'SHA256SUMS';
const STAGED = '.staged';

/** What a release before has left. */
const OF_A_RELEASE = /^(?:SHA256SUMS|\.staged|veinledger-.*\.(?:tgz|tar\.gz|tar\.sha256))$/;

/** What was made. */
export interface Release {
  /** the packages that npm can publish */
  readonly packages: readonly string[];
  /** the archive's file */
  readonly archive: string;
}

/**
 * Makes a release of what is built here: packages, the archive for machines like this one, and their digests.
 * @param into a folder, from which an earlier release is removed
 */
export async function makeRelease(into: string, log: (line: string) => void): Promise<Release> {
  await mkdir(into, { recursive: true });
  for (const name of (await readdir(into)).filter((each) => OF_A_RELEASE.test(each))) {
    await rm(join(into, name), { recursive: true });
  }
  const packages = await packPackages(into);
  for (const name of packages) log(`packed ${name}`);
  const { version } = await readWorkspaces();
  const name = `veinledger-${version}-${process.platform}-${process.arch}`;
  const staged = join(into, STAGED);
  try {
    log('installing what the archive holds');
    await stage(staged);
    const file = join(into, `${name}.tar.gz`);
    const { tar } = await archive(staged, file, { prefix: name, time: await timeOfSource() });
    await writeFile(join(into, `${name}.tar.sha256`), `${tar}  ${name}.tar\n`);
    await writeFile(join(into, SUMS), await sumsOf(into));
    log(`made ${file}`);
    return { packages, archive: file };
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

/** SOURCE_DATE_EPOCH (reproducible-builds.org), else the last commit's time. */
async function timeOfSource(): Promise<Date> {
  const given = process.env['SOURCE_DATE_EPOCH'];
  if (given !== undefined) return new Date(Number(given) * 1000);
  const git = promisify(execFile)('git', ['log', '-1', '--format=%ct'], { cwd: REPOSITORY });
  const seconds = await git.then(
    ({ stdout }) => Number(stdout),
    () => 0,
  );
  return new Date(seconds * 1000);
}

/** As `sha256sum --check` reads it. */
async function sumsOf(folder: string): Promise<string> {
  const lines: string[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (!/\.t(?:ar\.)?gz$/.test(name)) continue;
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, name)), hash);
    lines.push(`${hash.digest('hex')}  ${name}\n`);
  }
  return lines.join('');
}
