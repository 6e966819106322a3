import type { EventSourceMessage } from 'eventsource-parser';
import { receipt, type Receipt } from '../wire/record.js';
import { messagesOf } from './event-stream.js';
import { failureOf } from './failure.js';
import { GatewayUnreachable } from './gateway-problem.js';
import { type CallOptions, delayOf, pause, type RetryPolicy } from './retries.js';
import type { Transport } from './transport.js';

/** A committed command, as the gateway tells it to whoever listens. */
export interface LedgerEvent {
  /** `<block>.<index>`: what a listener shows to go on from here */
  readonly id: string;
  readonly receipt: Receipt;
}

export interface EventsOptions extends CallOptions {
  /** the last event that was dealt with, or `start`; what was committed since comes first */
  readonly lastEventId?: string;
  /** types of command; all when left out */
  readonly types?: readonly string[];
  /** chain-of-identity id; every therapy that the caller may see when left out */
  readonly therapy?: string;
  /** each time that the stream is open: where no event was dealt with yet, those before are not told */
  readonly onOpen?: () => void;
}

/** How long a stream may stay silent, heartbeats included, milliseconds. */
const IDLE_MS = 60_000;

/**
 * Listens without end: where the stream ends or breaks off, it goes on after the last event, nothing lost or doubled.
 * @throws GatewayProblem for what is final: EVENT_ID_AHEAD says that the ledger does not reach to the last event, as
 *   after an older backup was restored; `expected` and `found` name both heights. Where to go on is the listener's choice.
 */
export async function* ledgerEvents(
  transport: Transport,
  policy: RetryPolicy,
  options: EventsOptions,
): AsyncGenerator<LedgerEvent, void, undefined> {
  const { signal = new AbortController().signal } = options;
  let last = options.lastEventId;
  for (let number = 1; ; number += 1) {
    let failure: unknown = new GatewayUnreachable('the stream ended');
    try {
      for await (const event of listen(transport, { ...options, signal }, last)) {
        if (last !== undefined && !isAfter(event.id, last)) continue;
        last = event.id;
        number = 1;
        yield event;
      }
    } catch (error) {
      failure = error;
    }
    signal.throwIfAborted();
    const result = failureOf(failure);
    const delayMs = delayOf(number, policy, failure);
    options.onAttempt?.({ number, action: 'GET /v1/events', result, delayMs });
    if (result === 'final') throw failure;
    await pause(delayMs, signal);
    signal.throwIfAborted();
  }
}

async function* listen(
  transport: Transport,
  { types, therapy, signal, onOpen }: EventsOptions,
  last: string | undefined,
): AsyncGenerator<LedgerEvent, void, undefined> {
  const query = new URLSearchParams({
    ...(types === undefined ? {} : { type: types.join() }),
    ...(therapy === undefined ? {} : { therapy }),
  }).toString();
  const response = await transport.stream({
    method: 'GET',
    path: query === '' ? '/v1/events' : `/v1/events?${query}`,
    accept: 'text/event-stream, application/problem+json',
    ...(last === undefined ? {} : { headers: { 'last-event-id': last } }),
    ...(signal === undefined ? {} : { signal }),
  });
  onOpen?.();
  for await (const message of messagesOf(response, IDLE_MS)) {
    const event = eventOf(message);
    if (event) yield event;
  }
}

function eventOf({ event, id, data }: EventSourceMessage): LedgerEvent | undefined {
  if (event !== 'command' || id === undefined) return undefined;
  return { id, receipt: receipt.parse(JSON.parse(data)) };
}

/** Whether an event stands after another in the ledger's order; every event does after `start`. */
function isAfter(id: string, other: string): boolean {
  if (other === 'start') return true;
  const [block = 0, index = 0] = id.split('.').map(Number);
  const [otherBlock = 0, otherIndex = 0] = other.split('.').map(Number);
  return block > otherBlock || (block === otherBlock && index > otherIndex);
}
