import { spawn } from 'node:child_process';
import { endOf, runCommand } from '../processes/index.js';
import { ModuleRefused } from './refusal.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** How Go builds: for which distribution, in which folder, telling whom. */
export interface GoTask {
  /** what is built, for people */
  readonly name: string;
  readonly cwd: string;
  readonly cgo: boolean;
  readonly env: Environment;
  readonly log: (line: string) => void;
}

/**
 * The environment of the Go tool: the caller's, but nothing that leaves modules unverified or changes what
 * is built. Every module is checked against Go's checksum database.
 */
function goEnvironment(env: Environment, cgo: boolean): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    ...Object.fromEntries(kept),
    GOFLAGS: '-buildvcs=false',
    GONOSUMDB: 'none',
    GOPRIVATE: 'none',
    GOINSECURE: 'none',
    GOWORK: 'off',
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: cgo ? '1' : '0',
    // most of a build's C is SQLite, in which an authority keeps a few hundred certificates
    CGO_CFLAGS: env['CGO_CFLAGS'] ?? '-O1 -g0',
  };
}

/**
 * Checks that Go is there, new enough, and verifies what it downloads; and a C compiler where one is needed.
 * @throws Error saying what is wrong with it
 */
export async function requireGo(
  name: string,
  least: string,
  cgo: boolean,
  env: Environment,
): Promise<void> {
  const options = { env: goEnvironment(env, cgo), timeoutMs: 30_000 };
  const needed = `Go ${least} or newer is needed to build ${name}`;
  const asked = ['env', 'GOVERSION', 'GOSUMDB', 'CC'];
  const { answer } = await runCommand('go', asked, options).catch((cause: unknown) => {
    throw new Error(`${needed}, found none`, { cause });
  });
  const [found = '', sums = '', compiler = ''] = answer.split('\n');
  if (!isNewEnough(found, least)) throw new Error(`${needed}, found ${found || 'none'}`);
  if (sums === 'off') {
    throw new Error('Go is set to GOSUMDB=off: modules would not be verified');
  }
  if (!cgo) return;
  const [command = 'gcc', ...args] = compiler.split(' ');
  await runCommand(command, [...args, '--version'], options).catch((cause: unknown) => {
    throw new Error(`a C compiler is needed to build ${name}, found no ${command}`, { cause });
  });
}

/** Whether a `go1.26.8` is at least the version that a build needs. */
export function isNewEnough(goVersion: string, least: string): boolean {
  const found = /^go(\d+)\.(\d+)(?:\.(\d+))?/.exec(goVersion)?.slice(1) ?? ['0'];
  const wanted = least.split('.');
  for (const index of [0, 1, 2]) {
    const difference = Number(found[index] ?? 0) - Number(wanted[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

const PROGRESS_MS = 5000;
const LONGEST_DOWNLOAD_MS = 3 * 60_000;
/** No build takes longer; what an interrupted one left can go after this time. */
export const LONGEST_BUILD_MS = 30 * 60_000;

/**
 * Downloads and verifies one module.
 * @throws ModuleRefused when the module proxy answers that it does not give it, or not within three minutes
 * @throws Error with the last lines of Go when it fails otherwise
 */
export async function goDownload(module: string, task: GoTask): Promise<void> {
  const { end, said } = await runGo(['mod', 'download', module], LONGEST_DOWNLOAD_MS, task);
  if (end === 'exit 0') return;
  const reason = said.split('\n').slice(0, 2).join(' ').replace(/\s+/g, ' ').trim();
  if (end === 'signal SIGKILL') throw new ModuleRefused(`${module} was not there after 3 minutes`);
  if (/: (403|404|410) |not found: |unknown revision/.test(said)) throw new ModuleRefused(reason);
  throw new Error(`go mod download failed (${end}): ${reason}`);
}

/**
 * Runs `go build` and tells its progress while it downloads and compiles.
 * @throws ModuleRefused when the module proxy does not give a dependency
 * @throws Error with the last lines of Go when it fails
 */
export async function goBuild(args: readonly string[], task: GoTask): Promise<void> {
  const { end, said } = await runGo(args, LONGEST_BUILD_MS, task);
  if (end === 'exit 0') return;
  const last = said.split('\n').slice(-4).join('\n').trim();
  const message = `go build failed (${end}): ${last}`;
  throw /: (403|404|410) /.test(last) ? new ModuleRefused(message) : new Error(message);
}

async function runGo(
  args: readonly string[],
  timeoutMs: number,
  task: GoTask,
): Promise<{ readonly end: string; readonly said: string }> {
  const { name, cwd, env, cgo, log } = task;
  const child = spawn('go', args, {
    cwd,
    // what an interrupted Go leaves goes with the folder
    env: { ...goEnvironment(env, cgo), GOTMPDIR: cwd },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let downloaded = 0;
  let compiled = 0;
  const complaints: string[] = [];
  const begun = performance.now();
  let rest = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('go: downloading ')) downloaded += 1;
      else if (/^[\w.~-]+(\/[\w.~@-]+)*$/.test(line)) compiled += 1;
      else if (!/^go: (finding|found|extracting|added) /.test(line)) complaints.push(line);
    }
  });
  const progress = setInterval(() => {
    const seconds = Math.round((performance.now() - begun) / 1000);
    log(`building ${name}: ${downloaded} modules, ${compiled} packages, ${seconds} s`);
  }, PROGRESS_MS);
  try {
    const end = await endOf(child, timeoutMs);
    return { end, said: [...complaints, rest].join('\n').trim() };
  } finally {
    clearInterval(progress);
  }
}
