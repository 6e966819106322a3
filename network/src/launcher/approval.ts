import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from '../errors.js';
import { approve, type Definition } from './lifecycle.js';
import { orderingNodeOf } from './peer-command.js';
import { waitFor, type RunningNode } from './wait.js';

/**
 * How an approval fails while ordering nodes are not up, have not joined the channel, have no leader, or are too few to
 * order it.
 */
const NOT_ORDERED =
  /orderer client failed to connect|channel creation request not allowed|SERVICE_UNAVAILABLE|timed out waiting for txid/;
const PAUSE_MS = 1_000;
/** Between two lines that say what is waited for. */
const SILENCE_MS = 10_000;

/** Whose approval it is, and how long ordering nodes of other members are waited for. */
export interface Approval {
  readonly definition: Definition;
  /** the running peer */
  readonly node: RunningNode;
  readonly patienceMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly log: (line: string) => void;
}

/**
 * Approves a definition, again and again while no ordering node takes it.
 * @throws NetworkError NODE_FAILED naming the ordering node when that takes too long; COMMAND_FAILED
 */
export async function approveWhenOrdered(approval: Approval): Promise<void> {
  const { definition, node, patienceMs, signal, log } = approval;
  const { name, endpoint } = orderingNodeOf(definition.channel, definition.peer);
  const what = `${definition.channel.name}: the approval of ${definition.peer.name}`;
  const begun = performance.now();
  let spoken = -Infinity;
  let last: NetworkError | undefined;
  const check = async () => {
    try {
      await approve(definition);
      return true;
    } catch (error) {
      if (!isNotOrdered(error)) throw error;
      last = error;
    }
    const now = performance.now();
    if (now - spoken >= SILENCE_MS) {
      const waited = Math.round((now - begun) / 1000);
      log(`${what} waits for ${name} at ${endpoint}, ${waited} s so far`);
      spoken = now;
    }
    await sleep(PAUSE_MS, undefined, { signal });
    return false;
  };
  try {
    await waitFor(node, 'approved', check, { signal, longestMs: patienceMs });
  } catch (error) {
    if (last === undefined || !(error instanceof NetworkError)) throw error;
    if (error.code !== 'NODE_FAILED') throw error;
    const why = `${what}: ${name} at ${endpoint} did not take it within ${patienceMs / 1000} s`;
    throw new NetworkError('NODE_FAILED', why, { cause: last });
  }
}

function isNotOrdered(error: unknown): error is NetworkError {
  return (
    error instanceof NetworkError &&
    error.code === 'COMMAND_FAILED' &&
    NOT_ORDERED.test(error.message)
  );
}
