import { readFileSync } from 'node:fs';
import { type GatewaySettings, startGateway } from '@veinledger/gateway';
import { type EmbeddedOptions, embeddedBench } from '../support/embedded.js';

/** What the process is given in a file. */
export interface GatewayOrders {
  readonly ledger: EmbeddedOptions;
  readonly settings: GatewaySettings;
}

/** Serves an embedded ledger, prints its URL, and goes on until it is killed. */
async function main(file: string): Promise<void> {
  const { ledger: options, settings } = JSON.parse(readFileSync(file, 'utf8')) as GatewayOrders;
  const { ledger, consortium } = await embeddedBench(options);
  const { url } = await startGateway(settings, { ledger, root: consortium.root });
  process.stdout.write(`${url}\n`);
  process.on('message', () => {
    process.send?.({ rss: process.memoryUsage().rss });
  });
}

await main(process.argv[2] ?? '');
