import { parseArgs } from 'node:util';
import { runAsMain } from './main-process.js';
import { prepareBrowser } from './suites/browser.js';
import { prepareFabric } from './suites/fabric.js';
import { type GroupName, GROUPS, type Preparation } from './suites/group.js';
import { prepareOrdinary } from './suites/ordinary.js';
import { prepareOutside } from './suites/outside.js';
import { type GroupRun, type NotRun, reportOf } from './suites/report.js';
import { preparedAhead } from './suites/prepared-ahead.js';
import { runJest } from './suites/run-jest.js';

const HELP = `npm test -- [--group NAME...] [--no-fabric] [PATTERN...]

Runs every suite that this machine can run, group by group. Its last lines name the slowest suites, the
minutes of each group, what could not run here and what failed.

  --group NAME  run this group only; may be given several times:
                ordinary  needs nothing but Node
                browser   looks at pages in Chromium (test/src/browser)
                outside   runs programs that others made on the API and on the packages (test/src/outside).
                          They are fetched, pinned, from npm, PyPI and Maven Central into the cache, and need
                          Python 3, Java 17 and Maven; those that look at gateway/deploy need promtool, nginx,
                          systemd-analyze, and Podman or Docker
                fabric    on real Fabric networks (test/src/fabric): Fabric's programs from FABRIC_BIN, PATH
                          or the cache, else built from Go modules (Go >= 1.26, and a C compiler for Fabric CA)
  --no-fabric   every group but Fabric
  PATTERN       run only suites whose path matches

VEINLEDGER_REQUIRE_BROWSER=1, VEINLEDGER_REQUIRE_OUTSIDE=1, VEINLEDGER_REQUIRE_FABRIC=1
                               fail when such a group cannot run
VEINLEDGER_SHARED_DATA=DIR     official vectors and genomic files (default: ../shared/data)
VEINLEDGER_CHROMIUM=FILE       the browser for the suites that look at pages (default: from PATH)
VEINLEDGER_CACHE=DIR           where Fabric's programs, and those from outside, are kept
`;

const PREPARE: Readonly<
  Record<GroupName, (patterns: readonly string[]) => Preparation | Promise<Preparation>>
> = {
  ordinary: prepareOrdinary,
  browser: prepareBrowser,
  outside: prepareOutside,
  fabric: prepareFabric,
};

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      group: { type: 'string', multiple: true },
      'no-fabric': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const wanted = (values.group ?? GROUPS)
    .map(groupNamed)
    .filter((each) => each !== 'fabric' || !values['no-fabric']);
  const groups: GroupRun[] = [];
  const notRun: NotRun[] = [];
  for await (const preparation of preparedAhead(
    wanted.map((name) => () => PREPARE[name](positionals)),
  )) {
    notRun.push(...preparation.notRun);
    if (preparation.prepared === undefined) continue;
    const { title, args, env } = preparation.prepared;
    const run = await runJest([...positionals, ...args, '--passWithNoTests'], {
      ...process.env,
      ...env,
    });
    groups.push({ title, run });
  }
  if (values['no-fabric'])
    notRun.push({ suites: 'on a real Fabric network', reasons: ['--no-fabric'] });
  const { lines, code } = reportOf({ groups, notRun });
  console.log(['', ...lines].join('\n'));
  return code;
}

function groupNamed(name: string): GroupName {
  const group = GROUPS.find((each) => each === name);
  if (group === undefined) {
    throw new Error(`--group: expected one of ${GROUPS.join(', ')}, found ${name}`);
  }
  return group;
}

await runAsMain(main);
