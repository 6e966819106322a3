import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Attempted } from './attempt.js';
import { DOMAIN } from './domain-files.js';
import type { Mutant } from './mutant.js';

const JEST = fileURLToPath(import.meta.resolve('jest/bin/jest'));
const CHANGING = fileURLToPath(new URL('changing.js', import.meta.url));
/** A report of some suites is longer than what is kept of a program's output by default. */
const REPORT_BYTES = 64 * 1024 * 1024;

/** Of Jest's report, what is read here: https://jestjs.io/docs/cli#--json */
interface Report {
  readonly numTotalTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/**
 * Asks some of the domain's tests, with a rule broken.
 * @param mutant undefined: with the rules as they are
 * @param suites below the domain's compiled files
 * @throws Error when a suite cannot be loaded, or has no test
 */
export async function askTests(
  mutant: Mutant | undefined,
  suites: readonly string[],
): Promise<Attempted> {
  const config = {
    rootDir: fileURLToPath(DOMAIN),
    testEnvironment: 'node',
    transform: mutant ? { '\\.js$': [CHANGING, { mutant: mutant.id }] } : {},
    testMatch: suites.map((suite) => `<rootDir>/${suite}`),
    setupFiles: ['reflect-metadata', '@noble/curves/nist.js'],
  };
  const report = await jest(['--config', JSON.stringify(config), '--no-cache', '--runInBand']);
  const results = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  if (report.numRuntimeErrorTestSuites > 0 || report.testResults.length < suites.length) {
    const told = report.testResults.map(({ message }) => message).join('\n');
    throw new Error(`${mutant?.id ?? 'no mutant'}: ${suites.join(', ')}: ${told}`);
  }
  const failed = results.find(({ status }) => status === 'failed');
  return {
    tried: report.numTotalTests,
    ...(failed ? { found: { says: failed.fullName } } : {}),
  };
}

function jest(options: readonly string[]): Promise<Report> {
  const node = ['--experimental-vm-modules', '--no-warnings', JEST, '--json'];
  return new Promise((done, failed) => {
    execFile(
      process.execPath,
      [...node, ...options],
      { maxBuffer: REPORT_BYTES },
      (_, stdout, stderr) => {
        try {
          done(JSON.parse(stdout) as Report);
        } catch (error) {
          failed(new Error(`Jest told no report: ${stderr}`, { cause: error }));
        }
      },
    );
  });
}
