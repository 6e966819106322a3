import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { reportJson } from './bench/report.js';
import { endedOnSignal } from './ended-on-signal.js';
import { faultsOf, selectFaults } from './faults/fault.js';
import { figuresOf, tableOf } from './faults/report.js';
import { runFaults } from './faults/run-faults.js';
import { openFaultStage } from './faults/stage.js';
import { COMMANDS_PER_SECOND } from './faults/steady-load.js';
import { writeTable } from './faults/write-table.js';
import { runAsMain } from './main-process.js';

const HELP = `npm run faults -- [--only NAME]... [--json FILE] [--write FILE]

Starts a real Fabric network of its own with a gateway in front, hands in ${COMMANDS_PER_SECOND} signed commands a second, and kills or
freezes one process after the other. Says what the clients saw, when the next commit came, and, from every block
afterwards, whether each acknowledged command is there, and once. Takes up to eight minutes.

  --only NAME   this fault, or faults: leader, follower, peer, chaincode, gateway, two-peers, network,
                frozen-follower, frozen-leader; also peer.lab and the like; may be repeated
  --json FILE   writes {"figures":[{"name","value","unit","goal","met"}]}; without a goal, goal and met are null
  --write FILE  puts the table between the marks of a Markdown file

Exit codes: 0 nothing lost and nothing doubled; 1 otherwise, or it could not be done.
`;

async function measure(only: readonly string[], print: (line: string) => void) {
  const directory = await mkdtemp(join(tmpdir(), 'veinledger-faults-'));
  try {
    const stage = await openFaultStage(directory, print);
    return await endedOnSignal(stage, async () => {
      const faults = selectFaults(faultsOf(await stage.nodes()), only);
      const results = await runFaults(stage, faults, print);
      return { version: stage.version, results };
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'string' },
      write: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  const { version, results } = await measure(values.only, (line) =>
    console.log(`${String(seconds()).padStart(4)} s  ${line}`),
  );
  const cores = availableParallelism();
  const table = [
    `${version}, ${cores} cores, ${COMMANDS_PER_SECOND} commands a second.`,
    '',
    ...tableOf(results),
  ];
  console.log(`\n${table.join('\n')}\n`);
  console.log(`Took ${seconds()} s.`);
  if (values.json !== undefined) {
    await writeFile(values.json, reportJson(figuresOf(results, { version, cores })));
  }
  if (values.write !== undefined) await writeTable(values.write, table);
  return results.every(({ doubled, lost }) => doubled === 0 && lost === 0) ? 0 : 1;
}

await runAsMain(main);
