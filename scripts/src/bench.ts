import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCommands } from './bench/commands.js';
import { measureFabric } from './bench/fabric/measure.js';
import { FABRIC_FULL, FABRIC_QUICK } from './bench/fabric/sizes.js';
import { reportJson, reportLines } from './bench/report.js';
import type { Print } from './bench/progress.js';
import { FULL, QUICK, type Sizes } from './bench/sizes.js';
import { measureTraces } from './bench/trace.js';
import { runAsMain } from './main-process.js';

const HELP = `npm run bench -- [--fabric] [--json FILE] [--quick]

Measures a gateway on an embedded ledger, each in a process of its own: commands over HTTP with synced commits at
concurrency 1, 16 and 64, verification alone, where the CPU time goes, resident memory from command 20,000 to 100,000,
the trace of a therapy of 200 records on ledgers of 10 thousand and 1 million, and decisions on a dose on therapies of
300 and 1,000 state keys there, alone and while five facts a second come in. A record is what a trace returns: a
therapy, an item, a command's record. Signs everything first, on every core. Takes up to ten
minutes and about 6 GB below the temporary directory. Goals are printed as met or missed; neither is an error.

  --fabric      measures a real Fabric network instead: hand-offs, step reports and batches of 50 records beside bare
                puts of a small argument and of one as large as a signed command, and beside what a hand-off's
                bytes, reads and writes cost with nothing checked, in turn on one network; closed loop at concurrency
                1, 16 and 64, open loop at fixed rates; then one peer's endorsement of a dose, and doses while
                facts come in; about ten minutes
  --json FILE   writes {"figures":[{"name","value","unit","goal","met"}]}; without a goal, goal and met are null
  --quick       every part once with small counts, to see that it works: the figures say nothing about speed
`;

async function measureEmbedded(directory: string, sizes: Sizes, print: Print) {
  const below = async (name: string): Promise<string> => {
    const folder = join(directory, name);
    await mkdir(folder);
    return folder;
  };
  const commands = await measureCommands(await below('commands'), sizes, print);
  const traces = await measureTraces(await below('traces'), sizes, print);
  return [...commands, ...traces];
}

async function measure(fabric: boolean, quick: boolean, print: Print) {
  const directory = await mkdtemp(join(tmpdir(), 'veinledger-bench-'));
  try {
    if (fabric) return await measureFabric(directory, quick ? FABRIC_QUICK : FABRIC_FULL, print);
    return await measureEmbedded(directory, quick ? QUICK : FULL, print);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      fabric: { type: 'boolean', default: false },
      json: { type: 'string' },
      quick: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  const figures = await measure(values.fabric, values.quick, (line) =>
    console.log(`${String(seconds()).padStart(4)} s  ${line}`),
  );
  console.log(`\n${reportLines(figures).join('\n')}`);
  console.log(`Took ${seconds()} s.`);
  if (values.json !== undefined) await writeFile(values.json, reportJson(figures));
  return 0;
}

await runAsMain(main);
