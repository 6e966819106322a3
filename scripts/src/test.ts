import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Fabric, type FabricSearch, findFabric, findFabricCa } from '@veinledger/network';
import { runAsMain } from './main-process.js';
import { type NotRun, reportOf } from './suites/report.js';
import { findOutsidePrograms, OUTSIDE_SUITES } from './suites/outside-programs.js';
import { type JestRun, ROOT, runJest } from './suites/run-jest.js';

const HELP = `npm test -- [--no-fabric] [PATTERN...]

Runs every suite that this machine can run. Its last lines name those that it cannot, and those that
failed: the ordinary ones and those on Fabric apart.
The suites on a real Fabric network need Fabric's programs: from FABRIC_BIN, PATH or the cache, else
built from Go modules (Go >= 1.26, and a C compiler for Fabric CA).
The suites in test/src/outside run programs that others made on the API's document. They are fetched, pinned,
from npm, PyPI and Maven Central into the cache, and need Python 3, Java 17 and Maven.

  --no-fabric   leave the Fabric suites out
  PATTERN       run only suites whose path matches

VEINLEDGER_REQUIRE_FABRIC=1   fail when the Fabric suites cannot run
VEINLEDGER_REQUIRE_OUTSIDE=1  fail when a suite that runs programs from outside cannot
VEINLEDGER_SHARED_DATA=DIR    official vectors and genomic files (default: ../shared/data)
VEINLEDGER_CHROMIUM=FILE       the browser for the suites that look at pages (default: from PATH)
VEINLEDGER_CACHE=DIR          where Fabric's programs, and those from outside, are kept
`;

const VECTORS = String.raw`\.vectors\.test\.js$`;
const FABRIC = 'test/dist/fabric';
const BROWSER = 'test/dist/browser';
const OUTSIDE = 'test/dist/outside';
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome'];

/** So many networks run at a time: their suites wait for blocks most of the time. */
const NETWORKS = 2;

async function runOrdinary(patterns: readonly string[], notRun: NotRun[]): Promise<JestRun> {
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
  const outside = Object.entries(OUTSIDE_SUITES).filter(
    ([suite]) =>
      patterns.length === 0 ||
      patterns.some((pattern) => new RegExp(pattern).test(`${OUTSIDE}/${suite}.test.js`)),
  );
  const needed = new Set(outside.flatMap(([, programs]) => programs));
  const { env, missing } = await findOutsidePrograms(needed, (line) => console.log(line));
  for (const [suite, programs] of outside) {
    const reasons = programs.flatMap((name) => missing[name] ?? []);
    if (reasons.length === 0) continue;
    ignored.push(`${OUTSIDE}/${suite}\\.test`);
    notRun.push({
      suites: `programs from outside (test/src/outside/${suite})`,
      reasons,
      ...requiredBy('VEINLEDGER_REQUIRE_OUTSIDE'),
    });
  }
  const ignore = ignored.flatMap((each) => ['--testPathIgnorePatterns', each]);
  return runJest([...patterns, ...ignore, '--passWithNoTests'], {
    ...process.env,
    VEINLEDGER_SHARED_DATA: shared,
    VEINLEDGER_CHROMIUM: browser,
    ...env,
  });
}

/** A group of suites is required where the variable says 1. */
function requiredBy(variable: string): Pick<NotRun, 'requiredBy'> {
  return process.env[variable] === '1' ? { requiredBy: `${variable}=1` } : {};
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
  const required = requiredBy('VEINLEDGER_REQUIRE_FABRIC');
  if (!wanted) {
    notRun.push({ suites, reasons: ['--no-fabric'], ...required });
    return undefined;
  }
  const log = (line: string) => console.log(line);
  const [fabric, fabricCa] = await Promise.all([findFabric({ log }), findFabricCa({ log })]);
  if (fabric.found && fabricCa.found) return { fabric: fabric.fabric, fabricCa: fabricCa.fabric };
  const reasons = [...reasonsOf('Fabric', fabric), ...reasonsOf('Fabric CA', fabricCa)];
  notRun.push({ suites, reasons, ...required });
  return undefined;
}

async function runOnFabric(patterns: readonly string[], { fabric, fabricCa }: Programs) {
  const { version, source, binDir } = fabric;
  console.log(`\nFabric ${version} (${source}: ${binDir})`);
  const args = [...patterns, '--passWithNoTests', '--roots', FABRIC];
  const run = await runJest([...args, '--maxWorkers', `${NETWORKS}`], {
    ...process.env,
    FABRIC_BIN: binDir,
    FABRIC_CA_BIN: fabricCa.binDir,
  });
  return { ...run, version };
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
  const notRun: NotRun[] = [];
  const ordinary = await runOrdinary(positionals, notRun);
  const programs = await findPrograms(values['no-fabric'] !== true, notRun);
  const onFabric = programs && (await runOnFabric(positionals, programs));
  const { lines, code } = reportOf({ ordinary, onFabric, notRun });
  console.log(['', ...lines].join('\n'));
  return code;
}

await runAsMain(main);
