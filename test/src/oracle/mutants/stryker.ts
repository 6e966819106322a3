import { spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findOutsidePrograms } from '#scripts';
import type { Survivor } from './survivors.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** Of Stryker's report, what is read here: https://github.com/stryker-mutator/mutation-testing-elements */
interface Report {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: string;
        readonly mutants: readonly {
          readonly status: string;
          readonly mutatorName: string;
          readonly replacement?: string;
          /** lines count from 1 */
          readonly location: Readonly<Record<'start' | 'end', { readonly line: number }>>;
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
 * Has Stryker break the rules' code in copies of the domain, on as many processes as there are cores, and ask those of the
 * domain's tests each time that are about the file. Words that are only told are left as they are.
 * @param files the rules, each with its tests
 * @throws Error when Stryker fails
 */
export async function runStryker(
  print: (line: string) => void,
  files: readonly (readonly [string, readonly string[]])[],
): Promise<StrykerRun> {
  const { env, missing } = await findOutsidePrograms(['mutation'], print);
  const programs = env['VEINLEDGER_OUTSIDE_MUTATION'];
  if (programs === undefined) throw new Error(`Stryker: ${missing.mutation ?? 'not found'}`);
  const waiting = files.values();
  const runs: StrykerRun[] = [];
  const worker = async () => {
    const tree = await mkdtemp(join(tmpdir(), 'veinledger-mutation-'));
    try {
      const domain = await copyDomain(tree);
      for (const [file, tests] of waiting) {
        const started = performance.now();
        const run = await breakFile(join(programs, 'node_modules'), domain, file, tests);
        const seconds = ((performance.now() - started) / 1000).toFixed(0);
        print(`${file}: ${run.killed} killed, ${run.survivors.length} live, ${seconds} s`);
        runs.push(run);
      }
    } finally {
      await rm(tree, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return {
    killed: runs.reduce((sum, { killed }) => sum + killed, 0),
    survivors: runs.flatMap(({ survivors }) => survivors),
  };
}

/** Stryker changes files in place: what a workspace links to would leave its own sandbox. */
async function copyDomain(tree: string): Promise<string> {
  const domain = join(tree, 'chaincode', 'domain');
  for (const path of [
    'chaincode/processes',
    'chaincode/domain/dist',
    'chaincode/domain/package.json',
  ]) {
    await cp(join(ROOT, path), join(tree, path), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(domain, 'node_modules'));
  return domain;
}

/** Breaks one file of the copy in every way that Stryker knows; Jest loads every suite each time, so that it gets few. */
async function breakFile(
  modules: string,
  domain: string,
  file: string,
  tests: readonly string[],
): Promise<StrykerRun> {
  const runner = join(modules, '@stryker-mutator', 'jest-runner', 'dist', 'src', 'index.js');
  const jest = {
    testEnvironment: 'node',
    transform: {},
    // Jest looks through these anew for each mutant
    roots: [...new Set(tests.map((test) => `<rootDir>/dist/${dirname(test)}`))],
    testMatch: tests.map((test) => `<rootDir>/dist/${test}`),
    setupFiles: ['reflect-metadata', '@noble/curves/nist.js'],
  };
  await writeFile(join(domain, 'jest.config.json'), JSON.stringify(jest));
  const settings = {
    testRunner: 'jest',
    plugins: [pathToFileURL(runner).href],
    inPlace: true,
    mutate: [`dist/${file}`],
    mutator: { excludedMutations: ['StringLiteral'] },
    coverageAnalysis: 'perTest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
    jest: { projectType: 'custom', configFile: 'jest.config.json', enableFindRelatedTests: false },
    reporters: ['json'],
    logLevel: 'error',
    concurrency: 1,
    disableTypeChecks: false,
    allowEmpty: false,
  };
  await writeFile(join(domain, 'stryker.config.json'), JSON.stringify(settings));
  await stryker(modules, domain);
  const report = join(domain, 'reports', 'mutation', 'mutation.json');
  return readReport(JSON.parse(await readFile(report, 'utf8')) as Report);
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
  const mutants = Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const lines = source.split('\n');
    return mutants.map((mutant) => ({
      ...mutant,
      file: file.replace(/^dist\//u, ''),
      code: lines
        .slice(mutant.location.start.line - 1, mutant.location.end.line)
        .join('\n')
        .trim(),
    }));
  });
  const alive = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  return {
    killed: mutants.length - alive.length,
    survivors: alive.map(({ file, mutatorName: kind, replacement = '', location, code }) => ({
      ...{ file, kind, replacement, code },
      line: location.start.line,
    })),
  };
}
