import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runNetworkCli } from '@veinledger/network/cli';
import { foundWhereMissing, homeAt } from './development/home.js';

const DIRECTORY = '.veinledger';

/** The consortium root that a first `up` needs: one of development, where none is named and none is kept. */
async function rootFor(args: readonly string[]): Promise<readonly string[]> {
  const named = args.some((each) => each.startsWith('--root') || each.startsWith('--home'));
  const kept = existsSync(join(DIRECTORY, 'network', 'shared', 'network.json'));
  if (!args.includes('up') || args.includes('--help') || named || kept) return [];
  const home = homeAt(DIRECTORY);
  if (await foundWhereMissing(home)) {
    console.log(
      `founded a development consortium: ${home.rootFile}; registrars' keys in ${home.registrars}`,
    );
  }
  return ['--root', home.rootFile];
}

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => controller.abort(new Error(`interrupted by ${name}`)));
}
const args = process.argv.slice(2);
const root = await rootFor(args);
process.exitCode = await runNetworkCli(
  [...args, ...root],
  (line) => console.log(line),
  controller.signal,
);
