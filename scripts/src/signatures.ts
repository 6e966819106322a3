import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { runAsMain } from './main-process.js';
import { measureCost } from './signatures/cost.js';
import { measureSignatures, processesToPlay } from './signatures/measure.js';
import { reportJson, reportLines } from './signatures/report.js';

const HELP = `npm run signatures -- [--only PROCESS] [--json FILE]

Plays one whole therapy of each process that ships, as it should be, on an embedded ledger: once with everybody signing
by their own keys, once with devices that sign what may be delegated. Counts the signatures that persons are asked for
with and without, which of them are electronic signatures in the sense of 21 CFR Part 11, and what devices sign; measures
what a signature takes on this machine, by each algorithm and both, and what a passphrase takes that opens kept keys.

  --only PROCESS  one of pcv-mrna, pcv-peptide, cart-autologous
  --json FILE     writes {"cost","processes"}: seconds, and the counts by process and role
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const measured = await measureSignatures(processesToPlay(values.only), (line) =>
    console.log(line),
  );
  const cost = await measureCost();
  console.log(`\n${reportLines(measured, cost).join('\n')}`);
  if (values.json !== undefined) await writeFile(values.json, reportJson(measured, cost));
  return 0;
}

await runAsMain(main);
