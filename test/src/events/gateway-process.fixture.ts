import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { foundAuthorities, foundConsortium } from '#scripts';
import type { GatewaySettings } from '@veinledger/gateway';
import { writeWallet } from '@veinledger/network/identities';
import { loadProfile } from '@veinledger/network/profile';
import { embeddedBench } from '../support/embedded.js';
import { World } from '../support/world.js';
import type { GatewayOrders } from './gateway-process.js';

const PROCESS = new URL('./gateway-process.js', import.meta.url).pathname;
const AUDIENCE = 'https://gateway.example';

/** A gateway in a process of its own, on the files of one folder. */
export interface OwnProcess {
  readonly url: string;
  readonly child: ChildProcess;
}

/** Files of a gateway and its ledger, and how to start a process on them. */
export interface GatewayHome {
  readonly audience: string;
  start(settings?: Partial<GatewaySettings>): Promise<OwnProcess>;
  /** as `kill -9` does */
  kill(gateway: OwnProcess): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Founds a ledger that is open for business, lets a story be prepared on it, and leaves its files to a process.
 * @param prepare what happens before the process is there
 */
export async function gatewayHome<T>(
  prepare: (world: World) => Promise<T>,
): Promise<{ home: GatewayHome; prepared: T }> {
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-'));
  const { members } = await loadProfile();
  const authorities = await foundAuthorities(members);
  const ledger = {
    directory: join(folder, 'ledger'),
    consortium: foundConsortium(members),
    authorities,
  };
  const wallet = join(folder, 'wallet');
  await writeWallet(wallet, authorities.wallet);
  const bench = await embeddedBench(ledger);
  const prepared = await prepare(await World.open(bench));
  await bench.close();

  const vault = join(folder, 'vault');
  const file = join(folder, 'orders.json');
  const start = async (settings: Partial<GatewaySettings> = {}): Promise<OwnProcess> => {
    const own = {
      environment: 'development',
      port: 0,
      vault,
      wallet,
      audience: AUDIENCE,
      logLevel: 'silent',
    } as const;
    const orders: GatewayOrders = { ledger, settings: { ...own, ...settings } };
    await writeFile(file, JSON.stringify(orders), { mode: 0o600 });
    const child = fork(PROCESS, [file], {
      execArgv: ['--no-warnings'],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    if (!child.stdout) throw new Error('the process has no output');
    for await (const url of createInterface({ input: child.stdout })) return { url, child };
    throw new Error(`the gateway ended with ${child.exitCode ?? child.signalCode ?? ''}`);
  };
  const kill = async ({ child }: OwnProcess) => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  const home = {
    audience: AUDIENCE,
    start,
    kill,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
  return { home, prepared };
}
