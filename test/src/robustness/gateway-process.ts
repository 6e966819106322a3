import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type GatewaySettings, startGateway } from '@veinledger/gateway';
import { type EmbeddedOptions, embeddedBench } from '../support/embedded.js';

/** What the process is given in a file. */
export interface Orders {
  readonly ledger: EmbeddedOptions;
  readonly settings: GatewaySettings;
}

/** How far this process's clock lies from the machine's, milliseconds. */
let jump = 0;

/** Every clock that the process reads jumps: the gateway's, the ledger's, the endorser's and the token library's. */
globalThis.Date = new Proxy(Date, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [target.now() + jump] : args, newTarget) as Date,
  get: (target, name) =>
    name === 'now' ? () => target.now() + jump : (Reflect.get(target, name) as unknown),
});

/**
 * Runs a gateway over an embedded ledger in a process of its own. It prints its URL; a line `jump MILLISECONDS` on
 * standard input sets its clock and is answered `jumped`; it ends with standard input.
 */
async function main(file: string): Promise<void> {
  const { ledger: options, settings } = JSON.parse(readFileSync(file, 'utf8')) as Orders;
  const { ledger, consortium } = await embeddedBench(options);
  const gateway = await startGateway(settings, { ledger, root: consortium.root });
  console.log(gateway.url);
  for await (const line of createInterface({ input: process.stdin })) {
    jump = Number(line.replace('jump ', ''));
    console.log('jumped');
  }
  await gateway.close();
  await ledger.close();
}

await main(process.argv[2] ?? '');
