import { once } from 'node:events';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Attempt } from './hook.js';
import { addressesOf, checkedLookup, hostOf, TargetRefused, type TargetRule } from './target.js';

/** More of an answer is not read, bytes. */
const MAX_ANSWER = 16 * 1024;
const SECOND_MS = 1_000;

/** A message to a receiver, with the headers that sign it. */
export interface WebhookMessage {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a receiver answered, and when it wants to be asked again, milliseconds from now. */
export interface Posted extends Attempt {
  readonly retryAfterMs?: number;
}

export interface Posting {
  readonly rule: TargetRule;
  readonly timeoutMs: number;
  /** aborted when the gateway stops */
  readonly signal: AbortSignal;
}

/**
 * Posts a message over a connection of its own, whose addresses are checked when it is made. Redirects are not
 * followed; 2xx is delivered. Throws only when the gateway stops meanwhile.
 */
export async function post(message: WebhookMessage, posting: Posting): Promise<Posted> {
  const { signal, timeoutMs } = posting;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await exchange(message, posting.rule, AbortSignal.any([signal, timeout]));
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TargetRefused) return { delivered: false, failure: error.code };
    return { delivered: false, failure: timeout.aborted ? 'TIMEOUT' : 'UNREACHABLE' };
  }
}

async function exchange(
  message: WebhookMessage,
  rule: TargetRule,
  signal: AbortSignal,
): Promise<Posted> {
  const url = new URL(message.url);
  // Node looks no address up that is one already
  await addressesOf(hostOf(url), rule);
  const send = url.protocol === 'http:' ? plainRequest : secureRequest;
  const lookup = checkedLookup(rule);
  const headers = { ...message.headers, 'content-length': Buffer.byteLength(message.body) };
  const request = send(url, { method: 'POST', agent: false, lookup, signal, headers });
  request.end(message.body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  // an error from here on is the answer's, which is not looked at
  request.on('error', () => undefined);
  const { statusCode: status = 0 } = response;
  await drain(response);
  const retryAfterMs = readRetryAfter(response.headers['retry-after']);
  return {
    delivered: status >= 200 && status < 300,
    status,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** Reads an answer to its end, or as far as it is worth it. */
async function drain(response: IncomingMessage): Promise<void> {
  let length = 0;
  try {
    for await (const chunk of response) {
      length += (chunk as Buffer).length;
      if (length > MAX_ANSWER) break;
    }
  } catch {
    // the status has come, and it says what became of the message
  }
  response.destroy();
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function readRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,7}$/.test(value)) return Number(value) * SECOND_MS;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(date - Date.now(), 0);
}
