import { readFileSync } from 'node:fs';
import type { CommandRecord } from '@veinledger/domain';
import { type EmbeddedOptions, embeddedBench } from '../support/embedded.js';
import type { LoadedCommand } from './load.js';

/** What the process is given in a file. */
export interface Orders extends EmbeddedOptions {
  readonly load: readonly LoadedCommand[];
}

const AT_ONCE = 16;

/** Submits its load and prints each command's id once it is acknowledged, until it is killed. */
async function main(file: string): Promise<void> {
  const { load, ...options } = JSON.parse(readFileSync(file, 'utf8')) as Orders;
  const { ledger } = await embeddedBench(options);
  const waiting = load.map(({ invocation }) => invocation);
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { result } = await ledger.submit(next);
      process.stdout.write(`${(JSON.parse(result) as CommandRecord).commandId}\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

await main(process.argv[2] ?? '');
