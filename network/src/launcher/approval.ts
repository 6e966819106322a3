import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from '../errors.js';
import { approve, type Definition } from './lifecycle.js';
import { waitFor, type RunningNode } from './wait.js';

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
 * @throws NetworkError NODE_FAILED naming the ordering nodes when that takes too long; COMMAND_FAILED
 */
export async function approveWhenOrdered(approval: Approval): Promise<void> {
  const { definition, node, patienceMs, signal, log } = approval;
  const what = `${definition.channel.name}: the approval of ${definition.peer.name}`;
  const begun = performance.now();
  let spoken = -Infinity;
  let by = '';
  const refused = (asked: readonly string[]) => {
    signal?.throwIfAborted();
    by = asked.join(', ');
    const now = performance.now();
    if (now - spoken < SILENCE_MS) return;
    log(`${what} was not taken yet by ${by}, ${Math.round((now - begun) / 1000)} s so far`);
    spoken = now;
  };
  let last: NetworkError | undefined;
  const check = async () => {
    try {
      await approve(definition, refused);
      return true;
    } catch (error) {
      if (!isNodeFailed(error)) throw error;
      last = error;
    }
    await sleep(PAUSE_MS, undefined, { signal });
    return false;
  };
  try {
    await waitFor(node, 'approved', check, { signal, longestMs: patienceMs });
  } catch (error) {
    if (last === undefined || !isNodeFailed(error)) throw error;
    const why = `${what} was not taken within ${patienceMs / 1000} s by ${by}`;
    throw new NetworkError('NODE_FAILED', why, { cause: last });
  }
}

function isNodeFailed(error: unknown): error is NetworkError {
  return error instanceof NetworkError && error.code === 'NODE_FAILED';
}
