import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = resolve(HERE, '../../..');
const REPORTERS = ['default', join(HERE, 'failed-suites.js')];

/** How a run of jest ended. */
export interface JestRun {
  /** the exit code; 1 also when a signal ended it */
  readonly code: number;
  /** the suites that failed, below the repository; none are known when jest ended before its end */
  readonly failed: readonly string[];
}

/** Runs jest with the repository's settings. */
export function runJest(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  output: 'inherit' | 'ignore' = 'inherit',
): Promise<JestRun> {
  const bin = createRequire(import.meta.url).resolve('jest/bin/jest');
  const reporters = REPORTERS.flatMap((each) => ['--reporters', each]);
  const child = spawn(process.execPath, ['--experimental-vm-modules', bin, ...args, ...reporters], {
    cwd: ROOT,
    stdio: [output, output, output, 'ipc'],
    env: {
      ...env,
      NODE_NO_WARNINGS: '1',
      // the contract API logs every decorator at info while jest links it
      CORE_CHAINCODE_LOGGING_LEVEL: env['CORE_CHAINCODE_LOGGING_LEVEL'] ?? 'CRITICAL',
      // so does fabric-network every connection that a test breaks
      HFC_LOGGING: env['HFC_LOGGING'] ?? '{}',
    },
  });
  let failed: readonly string[] = [];
  child.on('message', (paths) => {
    failed = (paths as string[]).map((path) => relative(ROOT, path)).sort();
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? 1, failed }));
  });
}
