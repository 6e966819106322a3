import { ProblemError } from '../problems/problem.js';

/** Where a transaction stands: the same on every gateway of a channel, so that events have one order. */
export interface EventPosition {
  readonly block: number;
  readonly index: number;
}

/** Before every event. */
export const BEFORE_ALL: EventPosition = { block: 0, index: -1 };

/** What a resuming listener may name: an event's id, or `start` for everything. */
export const EVENT_ID = /^(?:\d{1,15}\.\d{1,9}|start)$/;

/** `<block>.<index>` */
export function eventId({ block, index }: EventPosition): string {
  return `${block}.${index}`;
}

/**
 * Reads an event's id, or `start`.
 * @throws ProblemError 400 EVENT_ID_INVALID
 */
export function readEventId(text: string, field: string): EventPosition {
  if (!EVENT_ID.test(text)) {
    throw new ProblemError({
      status: 400,
      code: 'EVENT_ID_INVALID',
      detail: 'this is no id of an event',
      field,
      expected: '<block>.<index>, or start',
      found: text.slice(0, 64),
    });
  }
  if (text === 'start') return BEFORE_ALL;
  const [block, index] = text.split('.').map(Number);
  return { block: block ?? 0, index: index ?? 0 };
}

/** Whether the left one comes after the right one. */
export function isAfter(left: EventPosition, right: EventPosition): boolean {
  return left.block === right.block ? left.index > right.index : left.block > right.block;
}
