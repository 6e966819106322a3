import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = resolve(HERE, '../../..');
const REPORTERS = ['default', join(HERE, 'tell-suites.js')];

/** A suite that ran. */
export interface RanSuite {
  /** below the repository */
  readonly path: string;
  readonly seconds: number;
}

/** What the reporter tells of every suite; paths are absolute. */
export type ToldSuites = readonly (RanSuite & { readonly failed: boolean })[];

/** How a run of jest ended. */
export interface JestRun {
  /** the exit code; 1 also when a signal ended it */
  readonly code: number;
  /** the suites that failed, by name; none are known when jest ended before its end */
  readonly failed: readonly string[];
  /** every suite that ran, the slowest first; none are known when jest ended before its end */
  readonly ran: readonly RanSuite[];
  /** from the start of jest to its end */
  readonly seconds: number;
}

/** Runs jest with the repository's settings. */
export function runJest(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output: 'inherit' | 'ignore' = 'inherit',
): Promise<JestRun> {
  const bin = createRequire(import.meta.url).resolve('jest/bin/jest');
  const reporters = REPORTERS.flatMap((each) => ['--reporters', each]);
  const started = performance.now();
  const child = spawn(process.execPath, ['--experimental-vm-modules', bin, ...args, ...reporters], {
    cwd: ROOT,
    stdio: [output, output, output, 'ipc'],
    env: {
      ...env,
      NODE_NO_WARNINGS: '1',
      // what suites start loads the same modules again and again
      NODE_COMPILE_CACHE: env['NODE_COMPILE_CACHE'] ?? join(tmpdir(), 'node-compile-cache'),
      // the contract API logs every decorator at info while jest links it
      CORE_CHAINCODE_LOGGING_LEVEL: env['CORE_CHAINCODE_LOGGING_LEVEL'] ?? 'CRITICAL',
      // so does fabric-network every connection that a test breaks
      HFC_LOGGING: env['HFC_LOGGING'] ?? '{}',
    },
  });
  let told: ToldSuites = [];
  child.on('message', (message) => {
    told = (message as ToldSuites).map((each) => ({ ...each, path: relative(ROOT, each.path) }));
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      const failed = told.filter((each) => each.failed).map(({ path }) => path);
      const ran = told.map(({ path, seconds }) => ({ path, seconds }));
      done({
        code: code ?? 1,
        failed: failed.sort(),
        ran: ran.sort((one, other) => other.seconds - one.seconds),
        seconds: (performance.now() - started) / 1000,
      });
    });
  });
}
