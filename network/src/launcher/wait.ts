import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from '../errors.js';
import { isAlive, type ProcessRecord, type ProcessSpec } from '../processes/index.js';

const POLL_MS = 50;
const LONGEST_WAIT_MS = 60_000;

/** A process that was started or found running. */
export interface RunningNode {
  readonly spec: ProcessSpec;
  readonly record: ProcessRecord;
}

/**
 * Waits until a node is as it should be.
 * @param wanted what is waited for, for the error
 * @throws NetworkError NODE_FAILED with the end of its log when it died or takes more than a minute
 */
export async function waitFor(
  node: RunningNode,
  wanted: string,
  check: () => Promise<boolean>,
  signal?: AbortSignal,
): Promise<void> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  while (!(await check())) {
    signal?.throwIfAborted();
    const name = node.spec.name;
    if (!isAlive(node.record)) throw failed(node, `${name} ended before it was ${wanted}`);
    if (performance.now() > deadline) throw failed(node, `${name} is not ${wanted} after a minute`);
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
  const tail = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-16).join('\n');
  return new NetworkError('NODE_FAILED', `${what}; its log ${file} ends with\n${tail}`);
}
