import { deadlineIn } from './deadline.js';
import { type Failure, failureOf } from './failure.js';
import { GatewayProblem, GatewayTimeout } from './gateway-problem.js';

/** How often and how fast a call is tried again. */
export interface RetryPolicy {
  /** attempts altogether; 1 never tries again */
  readonly attempts: number;
  /** the first pause, milliseconds; each further one may be twice as long */
  readonly firstDelayMs: number;
  /** the longest pause, milliseconds; a gateway's Retry-After may be longer */
  readonly maxDelayMs: number;
  /** the time for the whole call, pauses included, milliseconds */
  readonly timeoutMs: number;
}

/** Eight attempts within two minutes. */
export const DEFAULT_RETRIES: RetryPolicy = {
  attempts: 8,
  firstDelayMs: 100,
  maxDelayMs: 10_000,
  timeoutMs: 120_000,
};

/** What became of one attempt. */
export interface Attempt {
  /** counts from 1 */
  readonly number: number;
  /** what was asked */
  readonly action: string;
  readonly result: 'answered' | Failure;
  /** the problem's code */
  readonly code?: string;
  /** the pause before the next attempt, milliseconds; left out where none follows */
  readonly delayMs?: number;
}

export interface CallOptions {
  /** ends the call; what was sent may still be committed */
  readonly signal?: AbortSignal;
  /** told of every attempt when it ended */
  readonly onAttempt?: (attempt: Attempt) => void;
}

/** One attempt's work; `signal` ends it when the whole call's time is over. */
export interface Work<T> {
  readonly action: () => string;
  run(signal: AbortSignal): Promise<T>;
  /** called with the failure before the next attempt; tells whether there is one */
  again(failure: Failure, error: unknown): boolean;
}

/**
 * Does the work until it succeeds, its failure is final, or attempts or time are used up.
 * @throws what the last attempt threw; GatewayTimeout; the signal's reason
 */
export async function withRetries<T>(
  work: Work<T>,
  policy: RetryPolicy,
  { signal: outer, onAttempt }: CallOptions,
): Promise<T> {
  const deadline = deadlineIn(policy.timeoutMs, outer);
  const requireTime = (cause: unknown) => {
    outer?.throwIfAborted();
    if (deadline.isOver()) throw outOfTime(policy, cause);
  };
  for (let number = 1; ; number += 1) {
    const action = work.action();
    try {
      const value = await work.run(deadline.signal);
      onAttempt?.({ number, action, result: 'answered' });
      return value;
    } catch (error) {
      requireTime(error);
      const result = failureOf(error);
      const last = number >= policy.attempts || !work.again(result, error);
      const delayMs = last ? undefined : delayOf(number, policy, error);
      onAttempt?.({ number, action, result, ...codeOf(error), ...delayIn(delayMs) });
      if (delayMs === undefined) throw error;
      await pause(delayMs, deadline.signal);
      requireTime(error);
    }
  }
}

/** Waits; ends early, without an error, when the signal aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) {
      done();
      return;
    }
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      done();
    };
    const timer = setTimeout(finish, milliseconds);
    signal.addEventListener('abort', finish);
  });
}

/** Exponential back-off of which half is chance, so that callers who failed together do not return together. */
export function delayOf(number: number, policy: RetryPolicy, error: unknown): number {
  const told = error instanceof GatewayProblem ? (error.retryAfterMs ?? 0) : 0;
  const longest = Math.min(policy.maxDelayMs, policy.firstDelayMs * 2 ** (number - 1));
  return told + longest / 2 + (Math.random() * longest) / 2;
}

function outOfTime({ timeoutMs }: RetryPolicy, cause: unknown): GatewayTimeout {
  return new GatewayTimeout(`expected an answer within ${timeoutMs} ms, found none`, { cause });
}

function codeOf(error: unknown): { readonly code?: string } {
  return error instanceof GatewayProblem ? { code: error.code } : {};
}

function delayIn(delayMs: number | undefined): { readonly delayMs?: number } {
  return delayMs === undefined ? {} : { delayMs };
}
