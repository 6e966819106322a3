import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  findInstalledProgram,
  type InstalledProgram,
  isInstalledProgram,
} from './installed-programs.js';
import { ROOT } from './run-jest.js';

const run = promisify(execFile);
const PINS = join(ROOT, 'test', 'outside');
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy';
const GENERATOR = 'org.openapitools:openapi-generator-cli';

/** The generator of today, and one whose Python clients are made another way. */
export const GENERATORS = ['7.25.0', '7.10.0'] as const;

/** The oldest Node that the published packages are for, as their `engines` name it. */
export const OLDEST_NODE = '20.19.0';

/** A set of programs that the suites run beside the gateway, pinned, and kept in the cache. */
interface ProgramSet {
  /** the variable that names its folder to the suites */
  readonly variable: string;
  /** what of it stands in its folder's name: other pins, another folder */
  readonly pins: () => Promise<string>;
  readonly install: (folder: string) => Promise<void>;
}

const SETS = {
  npm: lockedPackages('npm', 'VEINLEDGER_OUTSIDE_NPM'),
  mutation: lockedPackages('mutation', 'VEINLEDGER_OUTSIDE_MUTATION'),
  python: {
    variable: 'VEINLEDGER_OUTSIDE_PYTHON',
    pins: () => readFile(join(PINS, 'python', 'requirements.txt'), 'utf8'),
    install: async (folder) => {
      await run('python3', ['-m', 'venv', folder]);
      const requirements = join(PINS, 'python', 'requirements.txt');
      await run(join(folder, 'bin', 'pip'), ['install', '--quiet', '-r', requirements]);
    },
  },
  generator: {
    variable: 'VEINLEDGER_OUTSIDE_GENERATOR',
    pins: () => Promise.resolve(GENERATORS.join()),
    install: async (folder) => {
      await run('java', ['-version']);
      for (const version of GENERATORS) {
        const jar = `-Dartifact=${GENERATOR}:${version}`;
        await run('mvn', ['-q', '-B', COPY, jar, `-DoutputDirectory=${folder}`], { cwd: folder });
      }
    },
  },
  oldestNode: {
    variable: 'VEINLEDGER_OUTSIDE_NODE',
    pins: () => Promise.resolve(OLDEST_NODE),
    install: async (folder) => {
      await writeFile(join(folder, 'package.json'), '{"private":true}');
      const node = `node-${process.platform}-${process.arch}@${OLDEST_NODE}`;
      const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];
      await run('npm', ['install', ...quiet, node], { cwd: folder });
    },
  },
} satisfies Readonly<Record<string, ProgramSet>>;

/** Packages as a lock file beside the suites names them. */
function lockedPackages(name: string, variable: string): ProgramSet {
  return {
    variable,
    pins: () => readFile(join(PINS, name, 'package-lock.json'), 'utf8'),
    install: async (folder) => {
      for (const file of ['package.json', 'package-lock.json']) {
        await cp(join(PINS, name, file), join(folder, file));
      }
      const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'];
      await run('npm', ['ci', ...quiet], { cwd: folder });
    },
  };
}

type ProgramSetName = keyof typeof SETS;

/** What a suite may need: programs that are fetched, or one that the machine has. */
export type OutsideProgram = ProgramSetName | InstalledProgram;

/** Which suite needs which programs. */
export const OUTSIDE_SUITES: Readonly<Record<string, readonly OutsideProgram[]>> = {
  'alert-rules': ['promtool'],
  container: ['containers'],
  nginx: ['nginx'],
  'printed-japanese': ['browser', 'fonts'],
  release: [],
  systemd: ['systemd-analyze'],
  'document-checks': ['npm'],
  'typescript-client': ['npm'],
  'packed-packages': ['oldestNode', 'browser'],
  schemathesis: ['python'],
  'python-client': ['generator', 'python'],
  'java-client': ['generator'],
};

/** The programs that are there. */
export interface OutsidePrograms {
  /** what tells the suites where they are */
  readonly env: Readonly<Record<string, string>>;
  /** why others are not */
  readonly missing: Readonly<Partial<Record<OutsideProgram, string>>>;
}

/** Finds the programs in the cache, or fetches them there, all at once; those of the machine in PATH. */
export async function findOutsidePrograms(
  needed: Iterable<OutsideProgram>,
  log: (line: string) => void,
): Promise<OutsidePrograms> {
  const env: Record<string, string> = {};
  const missing: Partial<Record<OutsideProgram, string>> = {};
  const finding = Array.from(needed, async (name) => {
    try {
      if (isInstalledProgram(name)) {
        const { variable, file } = await findInstalledProgram(name);
        env[variable] = file;
      } else {
        env[SETS[name].variable] = await installed(name, log);
      }
    } catch (error) {
      missing[name] = `${name}: ${reasonOf(error)}`;
    }
  });
  await Promise.all(finding);
  return { env, missing };
}

async function installed(name: ProgramSetName, log: (line: string) => void): Promise<string> {
  const { pins, install } = SETS[name];
  const digest = createHash('sha256')
    .update(await pins())
    .digest('hex')
    .slice(0, 16);
  const { cacheDir } = await import('@veinledger/network');
  const folder = join(cacheDir(), 'outside', `${name}-${digest}`);
  const whole = join(folder, '.whole');
  if (existsSync(whole)) return folder;
  log(`fetching programs from outside: ${name}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await install(folder);
  await writeFile(whole, '');
  return folder;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stderr } = error as { readonly stderr?: string };
  const told = stderr?.trim().split('\n').at(-1) ?? '';
  return told === '' ? error.message : told;
}
