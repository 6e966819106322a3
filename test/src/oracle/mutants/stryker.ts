import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findOutsidePrograms } from '#scripts';
import type { Survivor } from './survivors.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** Where the rules are, and where the tests are that ask them, below the domain's compiled files. */
const RULES = ['gates', 'graph', 'standing'];
const TESTED = [...RULES, 'care', 'custody', 'manufacturing', 'quality'];

/** Of Stryker's report, what is read here: https://github.com/stryker-mutator/mutation-testing-elements */
interface Report {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly mutants: readonly {
          readonly status: string;
          readonly mutatorName: string;
          readonly replacement?: string;
          readonly location: { readonly start: { readonly line: number } };
        }[];
      }
    >
  >;
}

export interface StrykerRun {
  readonly killed: number;
  readonly survivors: readonly Survivor[];
}

/**
 * Has Stryker break the rules' code in a copy of the domain, and ask the domain's own tests each time. Words that are only
 * told are left as they are.
 * @throws Error when Stryker fails
 */
export async function runStryker(print: (line: string) => void): Promise<StrykerRun> {
  const { env, missing } = await findOutsidePrograms(['mutation'], print);
  const programs = env['VEINLEDGER_OUTSIDE_MUTATION'];
  if (programs === undefined) throw new Error(`Stryker: ${missing.mutation ?? 'not found'}`);
  const tree = await mkdtemp(join(tmpdir(), 'veinledger-mutation-'));
  try {
    const domain = await copyDomain(tree, join(programs, 'node_modules'));
    await stryker(join(programs, 'node_modules'), domain);
    const report = JSON.parse(
      await readFile(join(domain, 'reports', 'mutation', 'mutation.json'), 'utf8'),
    ) as Report;
    return readReport(report);
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

/** Stryker changes files in place: what a workspace links to would leave its own sandbox. */
async function copyDomain(tree: string, modules: string): Promise<string> {
  const domain = join(tree, 'chaincode', 'domain');
  for (const path of [
    'chaincode/processes',
    'chaincode/domain/dist',
    'chaincode/domain/package.json',
  ]) {
    await cp(join(ROOT, path), join(tree, path), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(domain, 'node_modules'));
  const runner = join(modules, '@stryker-mutator', 'jest-runner', 'dist', 'src', 'index.js');
  const jest = {
    testEnvironment: 'node',
    transform: {},
    roots: ['<rootDir>/dist'],
    testMatch: TESTED.map((folder) => `**/dist/${folder}/*.test.js`),
    setupFiles: ['reflect-metadata', '@noble/curves/nist.js'],
  };
  await writeFile(join(domain, 'jest.config.json'), JSON.stringify(jest));
  const settings = {
    testRunner: 'jest',
    plugins: [pathToFileURL(runner).href],
    inPlace: true,
    mutate: RULES.map((folder) => `dist/${folder}/!(*.test|*.fixture).js`),
    mutator: { excludedMutations: ['StringLiteral'] },
    coverageAnalysis: 'perTest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
    jest: { projectType: 'custom', configFile: 'jest.config.json', enableFindRelatedTests: false },
    reporters: ['json', 'progress-append-only'],
    concurrency: availableParallelism(),
    disableTypeChecks: false,
    allowEmpty: false,
  };
  await writeFile(join(domain, 'stryker.config.json'), JSON.stringify(settings));
  return domain;
}

function stryker(modules: string, domain: string): Promise<void> {
  const program = join(modules, '@stryker-mutator', 'core', 'bin', 'stryker.js');
  const child = spawn(process.execPath, [program, 'run'], { cwd: domain, stdio: 'inherit' });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => {
      if (code === 0) done();
      else failed(new Error(`Stryker ended with ${code}`));
    });
  });
}

function readReport({ files }: Report): StrykerRun {
  const mutants = Object.entries(files).flatMap(([file, { mutants }]) =>
    mutants.map((mutant) => ({ file: file.replace(/^dist\//u, ''), ...mutant })),
  );
  const alive = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  return {
    killed: mutants.length - alive.length,
    survivors: alive.map(({ file, mutatorName: kind, replacement = '', location }) => ({
      ...{ file, kind, replacement },
      line: location.start.line,
    })),
  };
}
