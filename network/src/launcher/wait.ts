import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from '../errors.js';
import { LONGEST_WAIT_MS, type ProcessSpec } from '../processes/index.js';
import type { SupervisedProcesses } from '../supervisor/index.js';

const POLL_MS = 50;

/** A node that dies again and again while it is waited for will not come up. */
const MOST_DEATHS = 3;

/** A process that the supervisor is to run. */
export interface RunningNode {
  readonly spec: ProcessSpec;
  /** those of its member */
  readonly processes: SupervisedProcesses;
}

/**
 * Waits until a node is as it should be.
 * @param wanted what is waited for, for the error
 * @throws NetworkError NODE_FAILED with the end of its log when it is refused, dies again and again, or takes
 * too long
 */
export async function waitFor(
  node: RunningNode,
  wanted: string,
  check: () => Promise<boolean>,
  options: { readonly signal?: AbortSignal | undefined; readonly longestMs?: number } = {},
): Promise<void> {
  const { signal, longestMs = LONGEST_WAIT_MS } = options;
  const { name } = node.spec;
  const deadline = performance.now() + longestMs;
  const before = node.processes.health(name).deaths;
  while (!(await check())) {
    signal?.throwIfAborted();
    const { deaths, refused } = node.processes.health(name);
    if (refused !== undefined) throw new NetworkError('NODE_FAILED', `${name} refused: ${refused}`);
    if (deaths - before >= MOST_DEATHS) throw failed(node, `${name} ended before it was ${wanted}`);
    if (performance.now() > deadline) {
      throw failed(node, `${name} is not ${wanted} after ${longestMs / 1000} s`);
    }
    await sleep(POLL_MS);
  }
}

/** Whether somebody listens on a port. */
export async function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function failed(node: RunningNode, what: string): NetworkError {
  const file = node.spec.logFile;
  const log = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const tail = log.trimEnd().split('\n').slice(-16).join('\n');
  return new NetworkError('NODE_FAILED', `${what}; its log ${file} ends with\n${tail}`);
}
