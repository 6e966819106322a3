import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './run-jest.js';

const run = promisify(execFile);
const CONTAINERFILE = join(ROOT, 'gateway', 'deploy', 'container', 'Containerfile');

/** A program of the machine that suites run where it is installed. */
interface Installed {
  /** the variable that names its file to the suites */
  readonly variable: string;
  /** what it is called, the first that there is counts */
  readonly names: readonly string[];
  readonly from: string;
  /** throws where it is there and cannot do what the suites need */
  readonly works?: (file: string) => Promise<unknown>;
}

const INSTALLED = {
  browser: {
    variable: 'VEINLEDGER_CHROMIUM',
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    from: 'Chromium',
  },
  promtool: { variable: 'VEINLEDGER_PROMTOOL', names: ['promtool'], from: 'Prometheus' },
  nginx: { variable: 'VEINLEDGER_NGINX', names: ['nginx'], from: 'nginx' },
  'systemd-analyze': {
    variable: 'VEINLEDGER_SYSTEMD_ANALYZE',
    names: ['systemd-analyze'],
    from: 'systemd',
  },
  fonts: {
    variable: 'VEINLEDGER_FC_LIST',
    names: ['fc-list'],
    from: 'fontconfig',
    works: requireJapanese,
  },
  containers: {
    variable: 'VEINLEDGER_CONTAINERS',
    names: ['podman', 'docker'],
    from: 'Podman or Docker',
    works: pullBase,
  },
} as const satisfies Readonly<Record<string, Installed>>;

/** Servers stand where a user's PATH often does not look. */
const SERVERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

export type InstalledProgram = keyof typeof INSTALLED;

/** A program that was found. */
export interface FoundProgram {
  /** the variable that names its file to the suites */
  readonly variable: string;
  readonly file: string;
}

export function isInstalledProgram(name: string): name is InstalledProgram {
  return name in INSTALLED;
}

/**
 * Finds a program: the one that its variable names, else one in PATH.
 * @throws Error that says what it belongs to, when it is not there, or why it does not work
 */
export async function findInstalledProgram(name: InstalledProgram): Promise<FoundProgram> {
  const { variable, names, from, works }: Installed = INSTALLED[name];
  const named = process.env[variable];
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SERVERS];
  const inPath = () => names.flatMap((each) => folders.map((folder) => join(folder, each)));
  const file = (named === undefined ? inPath() : [named]).find(existsSync);
  if (file === undefined) {
    throw new Error(
      `${named ?? `no ${names.join(', ')} in PATH`}: it comes with ${from}; ${variable} names one`,
    );
  }
  await works?.(file);
  return { variable, file };
}

/** A page is printed in Japanese where some font has its characters. */
async function requireJapanese(list: string): Promise<void> {
  const { stdout } = await run(list, [':lang=ja', 'family']);
  if (stdout.trim() === '') throw new Error('no font has Japanese: any that does will do');
}

/** An image can be built where the one that it begins with can be had. */
async function pullBase(engine: string): Promise<void> {
  const base = /^FROM (\S+)/m.exec(await readFile(CONTAINERFILE, 'utf8'))?.[1] ?? '';
  await run(engine, ['pull', base]);
}
