import { eventId, type EventPosition } from '../event-position.js';
import type { LedgerEvent } from '../ledger-event.js';

/** Why a stream ends before its client does. */
export type EndReason =
  | 'gateway-closing'
  | 'max-age'
  | 'slow-client'
  | 'actor-changed'
  | 'algorithms-changed'
  | 'ledger-unavailable';

const frames = new WeakMap<LedgerEvent, Buffer>();

/** The event as a stream carries it (HTML, 9.2.6); made once for all listeners. */
export function eventFrame(event: LedgerEvent): Buffer {
  const made =
    frames.get(event) ?? Buffer.from(`id: ${event.id}\nevent: command\ndata: ${event.json}\n\n`);
  frames.set(event, made);
  return made;
}

/** How a stream opens: when to come again, and from where, should it break before its first event. */
export function openingFrame(retryMs: number, position: EventPosition): string {
  return `retry: ${retryMs}\n${positionLine(position)}\n`;
}

/** A comment, with the place up to which the client has seen what it may see. */
export function heartbeatFrame(position: EventPosition): string {
  return `: heartbeat\n${positionLine(position)}\n`;
}

/** The last event of a stream that the gateway ends. */
export function endFrame(reason: EndReason, position: EventPosition): string {
  const after = position.index < 0 ? 'start' : eventId(position);
  return `event: end\ndata: ${JSON.stringify({ reason, after })}\n\n`;
}

/** A block without data dispatches no event, and clients remember its id. */
function positionLine(position: EventPosition): string {
  return `id: ${position.index < 0 ? 'start' : eventId(position)}\n`;
}
