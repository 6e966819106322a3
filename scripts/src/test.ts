import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Fabric, type FabricSearch, findFabric, findFabricCa } from '@veinledger/network';
import { runAsMain } from './main-process.js';

const HELP = `npm test -- [--no-fabric] [PATTERN...]

Runs every suite that this machine can run, and names those that it cannot in its last lines.
The suites on a real Fabric network need Fabric's programs: from FABRIC_BIN, PATH or the cache, else
built from Go modules (Go >= 1.26, and a C compiler for Fabric CA).

  --no-fabric   leave the Fabric suites out
  PATTERN       run only suites whose path matches

VEINLEDGER_REQUIRE_FABRIC=1   fail when the Fabric suites cannot run
VEINLEDGER_SHARED_DATA=DIR    official vectors and genomic files (default: ../shared/data)
VEINLEDGER_CHROMIUM=FILE       the browser for the suites that look at pages (default: from PATH)
VEINLEDGER_CACHE=DIR          where Fabric's programs are kept
`;

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const VECTORS = String.raw`\.vectors\.test\.js$`;
const FABRIC = 'test/dist/fabric';
const BROWSER = 'test/dist/browser';
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];

/** So many networks run at a time: their suites wait for blocks most of the time. */
const NETWORKS = 2;

/** A group of suites that did not run, and why. */
interface NotRun {
  readonly suites: string;
  readonly reasons: readonly string[];
}

function jest(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const bin = createRequire(import.meta.url).resolve('jest/bin/jest');
  const child = spawn(process.execPath, ['--experimental-vm-modules', bin, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: {
      ...env,
      NODE_NO_WARNINGS: '1',
      // the contract API logs every decorator at info while jest links it
      CORE_CHAINCODE_LOGGING_LEVEL: env['CORE_CHAINCODE_LOGGING_LEVEL'] ?? 'CRITICAL',
      // so does fabric-network every connection that a test breaks
      HFC_LOGGING: env['HFC_LOGGING'] ?? '{}',
    },
  });
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('exit', (code) => done(code ?? 1));
  });
}

async function runOrdinary(patterns: readonly string[], notRun: NotRun[]): Promise<number> {
  const shared = process.env['VEINLEDGER_SHARED_DATA'] ?? join(ROOT, '../shared/data');
  const ignored = [FABRIC];
  if (!existsSync(shared)) {
    ignored.push(VECTORS);
    notRun.push({
      suites: 'official vectors (*.vectors.test: Wycheproof, RFC 8785, RFC 9964)',
      reasons: [`${shared} does not exist; name the folder in VEINLEDGER_SHARED_DATA`],
    });
  }
  const browser = findBrowser();
  if (browser === undefined) {
    ignored.push(BROWSER);
    notRun.push({
      suites: 'in a real browser (test/src/browser)',
      reasons: [`no ${BROWSERS.join(', ')} in PATH; name one in VEINLEDGER_CHROMIUM`],
    });
  }
  const ignore = ignored.flatMap((each) => ['--testPathIgnorePatterns', each]);
  return jest([...patterns, ...ignore, '--passWithNoTests'], {
    ...process.env,
    VEINLEDGER_SHARED_DATA: shared,
    VEINLEDGER_CHROMIUM: browser,
  });
}

function findBrowser(): string | undefined {
  const named = process.env['VEINLEDGER_CHROMIUM'];
  if (named !== undefined) return existsSync(named) ? named : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

interface Programs {
  readonly fabric: Fabric;
  readonly fabricCa: Fabric;
}

async function findPrograms(wanted: boolean, notRun: NotRun[]): Promise<Programs | undefined> {
  const suites = 'on a real Fabric network (test/src/fabric)';
  if (!wanted) {
    notRun.push({ suites, reasons: ['--no-fabric'] });
    return undefined;
  }
  const log = (line: string) => console.log(line);
  const [fabric, fabricCa] = await Promise.all([findFabric({ log }), findFabricCa({ log })]);
  if (fabric.found && fabricCa.found) return { fabric: fabric.fabric, fabricCa: fabricCa.fabric };
  const reasons = [...reasonsOf('Fabric', fabric), ...reasonsOf('Fabric CA', fabricCa)];
  notRun.push({ suites, reasons });
  return undefined;
}

function reasonsOf(name: string, search: FabricSearch): string[] {
  if (search.found) return [];
  return search.failures.map(({ source, version, reason }) =>
    [name, version, source].filter(Boolean).join(' ').concat(': ', reason),
  );
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'no-fabric': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const required = process.env['VEINLEDGER_REQUIRE_FABRIC'] === '1';
  const notRun: NotRun[] = [];
  const ordinary = await runOrdinary(positionals, notRun);
  const programs = await findPrograms(values['no-fabric'] !== true, notRun);
  let onFabric = 0;
  if (programs) {
    const { fabric, fabricCa } = programs;
    console.log(`\nFabric ${fabric.version} (${fabric.source}: ${fabric.binDir})`);
    const suites = [...positionals, '--passWithNoTests', '--roots', FABRIC];
    onFabric = await jest([...suites, '--maxWorkers', `${NETWORKS}`], {
      ...process.env,
      FABRIC_BIN: fabric.binDir,
      FABRIC_CA_BIN: fabricCa.binDir,
    });
  }
  return report({ ordinary, onFabric, required, fabric: programs?.fabric, notRun });
}

interface Outcome {
  readonly ordinary: number;
  readonly onFabric: number;
  readonly required: boolean;
  readonly fabric: Fabric | undefined;
  readonly notRun: readonly NotRun[];
}

function report({ ordinary, onFabric, required, fabric, notRun }: Outcome): number {
  console.log('');
  for (const { suites, reasons } of notRun) {
    console.log(`Did not run: ${suites}`);
    for (const reason of reasons) console.log(`  - ${reason}`);
  }
  if (!fabric && required) {
    console.log('VEINLEDGER_REQUIRE_FABRIC=1: the Fabric suites are required and could not run.');
    return 1;
  }
  const failed = ordinary !== 0 || onFabric !== 0;
  const ledgers = fabric
    ? `the embedded ledger and Fabric ${fabric.version}`
    : 'the embedded ledger';
  console.log(failed ? 'Suites failed.' : `Every suite that ran passed, on ${ledgers}.`);
  return failed ? 1 : 0;
}

await runAsMain(main);
