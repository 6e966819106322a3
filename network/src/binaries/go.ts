import { spawn } from 'node:child_process';
import { endOf, runCommand } from '../processes/index.js';
import { LEAST_GO } from './modules.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The environment of the Go tool: the caller's, but nothing that leaves modules unverified or changes what
 * is built. Every module is checked against Go's checksum database.
 */
export function goEnvironment(env: Environment): Record<string, string> {
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
    CGO_ENABLED: '0',
  };
}

/**
 * Checks that Go is there, new enough, and verifies what it downloads.
 * @throws Error saying what is wrong with it
 */
export async function requireGo(env: Environment): Promise<void> {
  const options = { env: goEnvironment(env), timeoutMs: 30_000 };
  const output = await runCommand('go', ['env', 'GOVERSION', 'GOSUMDB'], options).catch(
    (cause: unknown) => {
      throw new Error(`Go ${LEAST_GO} or newer is needed to build Fabric, found none`, { cause });
    },
  );
  const [found = '', sums = ''] = output.split('\n');
  if (!isNewEnough(found)) {
    throw new Error(`Go ${LEAST_GO} or newer is needed to build Fabric, found ${found || 'none'}`);
  }
  if (sums === 'off') {
    throw new Error('Go is set to GOSUMDB=off: modules would not be verified');
  }
}

/** Whether a `go1.26.8` is at least the version that a build needs. */
export function isNewEnough(goVersion: string): boolean {
  const [major = 0, minor = 0] = /^go(\d+)\.(\d+)/.exec(goVersion)?.slice(1).map(Number) ?? [];
  const [leastMajor = 0, leastMinor = 0] = LEAST_GO.split('.').map(Number);
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

const PROGRESS_MS = 5000;
const LONGEST_BUILD_MS = 30 * 60_000;

/**
 * Runs `go build` and tells its progress while it downloads and compiles.
 * @throws Error with the last lines of Go when it fails
 */
export async function goBuild(
  args: readonly string[],
  cwd: string,
  env: Environment,
  log: (line: string) => void,
): Promise<void> {
  const child = spawn('go', args, {
    cwd,
    env: goEnvironment(env),
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
    log(`building Fabric: ${downloaded} modules, ${compiled} packages, ${seconds} s`);
  }, PROGRESS_MS);
  let end: string;
  try {
    end = await endOf(child, LONGEST_BUILD_MS);
  } finally {
    clearInterval(progress);
  }
  if (end === 'exit 0') return;
  throw new Error(`go build failed (${end}): ${[...complaints, rest].slice(-4).join('\n').trim()}`);
}
