import { resolve } from 'node:path';
import { takeShared } from './apart.js';
import { writeConnections, type Connection } from './connection.js';
import { LONGEST_WAIT_MS } from '../processes/index.js';
import { withLock } from './lock.js';
import type { StartOptions } from './options.js';
import { prepare } from './prepare.js';
import { runNodes } from './run-nodes.js';
import { stopNetwork } from './stop.js';

/** How long a member waits for those on other machines. */
const SEVERAL_MACHINES_MS = 600_000;

/** A network that is up. */
export interface RunningNetwork {
  readonly connection: Connection;
  /** Ends every process of the network and waits until all are gone; the files stay. */
  stop(): Promise<void>;
}

/**
 * Brings a network up, or what is missing of it; returns when the chaincode answers on every peer. When it
 * fails or is aborted, the processes that it started are gone.
 *
 * @example
 * const network = await startNetwork({ home: '.veinledger/network', rootFile: 'root.json', portBase: 0 });
 * try {
 *   console.log(network.connection.peers[0]?.endpoint);
 * } finally {
 *   await network.stop();
 * }
 * @throws NetworkError
 */
export async function startNetwork(options: StartOptions): Promise<RunningNetwork> {
  const { log = () => undefined, signal, patienceMs: longestMs = SEVERAL_MACHINES_MS } = options;
  const home = resolve(options.home);
  const connection = await withLock(home, async () => {
    if (options.from !== undefined) await takeShared(home, options.from);
    const { plan, members, software } = await prepare(home, options);
    signal?.throwIfAborted();
    // before the nodes are waited for: what an interrupted start left can be looked at
    const connection = await writeConnections(plan, software, members);
    const patienceMs = members.length < plan.members.length ? longestMs : LONGEST_WAIT_MS;
    await runNodes({ plan, members, software, patienceMs, log, signal });
    return connection;
  });
  return {
    connection,
    async stop() {
      await stopNetwork({ home });
    },
  };
}
