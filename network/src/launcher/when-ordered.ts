import { setTimeout as sleep } from 'node:timers/promises';
import { NetworkError } from '../errors.js';
import type { Sending } from './ordering.js';
import { waitFor, type RunningNode } from './wait.js';

const PAUSE_MS = 1_000;
/** Between two lines that say what is waited for. */
const SILENCE_MS = 10_000;

/** What is to be ordered, and how long ordering nodes are waited for. */
export interface Ordered {
  /** for people */
  readonly what: string;
  /** the running peer of who sends it */
  readonly node: RunningNode;
  /** sends it once to every ordering node until one takes it */
  readonly send: (refused: Sending['refused']) => Promise<void>;
  readonly patienceMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly log: (line: string) => void;
}

/**
 * Has something ordered, sending it again and again while no ordering node takes it.
 * @throws NetworkError NODE_FAILED naming the ordering nodes when that takes too long; COMMAND_FAILED
 */
export async function whenOrdered(ordered: Ordered): Promise<void> {
  const { what, node, send, patienceMs, signal, log } = ordered;
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
      await send(refused);
      return true;
    } catch (error) {
      if (!isNodeFailed(error)) throw error;
      last = error;
    }
    await sleep(PAUSE_MS, undefined, { signal });
    return false;
  };
  try {
    await waitFor(node, 'taken', check, { signal, longestMs: patienceMs });
  } catch (error) {
    if (last === undefined || !isNodeFailed(error)) throw error;
    const why = `${what} was not taken within ${patienceMs / 1000} s by ${by}`;
    throw new NetworkError('NODE_FAILED', why, { cause: last });
  }
}

function isNodeFailed(error: unknown): error is NetworkError {
  return error instanceof NetworkError && error.code === 'NODE_FAILED';
}
