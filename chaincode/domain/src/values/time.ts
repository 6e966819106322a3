import { VeinledgerError } from '../errors/errors.js';

const MINUTE = 60_000;

/** How far a transaction's time may lie from the endorser's clock, in milliseconds. */
export const MAX_CLOCK_SKEW_MS = 2 * MINUTE;

/** How far `at` may lie ahead of the transaction, in milliseconds. */
export const MAX_AHEAD_MS = 2 * MINUTE;

/** How old `at` may be before the command is a late entry, in milliseconds. */
export const LATE_AFTER_MS = 15 * MINUTE;

/** Milliseconds since the epoch of an RFC 3339 time. */
export function milliseconds(instant: string): number {
  return Date.parse(instant);
}

/** The RFC 3339 time, UTC with milliseconds, of milliseconds since the epoch. */
export function instantOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** The time `minutes` after `instant`. */
export function addMinutes(instant: string, minutes: number): string {
  return instantOf(milliseconds(instant) + minutes * MINUTE);
}

/** Whether one time lies before another by more than two right clocks may differ. */
export function isBefore(one: string, other: string): boolean {
  return milliseconds(one) + MAX_CLOCK_SKEW_MS < milliseconds(other);
}

/** The one of two RFC 3339 times that comes first. */
export function earlier(one: string, other: string): string {
  return milliseconds(other) < milliseconds(one) ? other : one;
}

/** The latest of several RFC 3339 times. */
export function latest(first: string, ...others: readonly string[]): string {
  return others.reduce(
    (last, each) => (milliseconds(last) < milliseconds(each) ? each : last),
    first,
  );
}

/** The one of two RFC 3339 times that comes last. */
export function later(one: string, other: string): string {
  return milliseconds(other) > milliseconds(one) ? other : one;
}

/** Whole minutes from one RFC 3339 time to another; 0 where that is the earlier one. */
export function minutesAfter(one: string, other: string): number {
  return Math.max(0, Math.floor((milliseconds(other) - milliseconds(one)) / MINUTE));
}

/** The earliest of several RFC 3339 times, some of which may be unknown. */
export function earliest(times: readonly (string | undefined)[]): string | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : known.reduce(earlier);
}

/**
 * Refuses a transaction whose time the client chose too far from the endorser's own clock.
 * @param transactionTime RFC 3339
 * @param clockMs the endorser's clock, milliseconds since the epoch
 * @throws VeinledgerError TRANSACTION_TIME_OFF
 */
export function requireTransactionTime(transactionTime: string, clockMs: number): void {
  if (Math.abs(milliseconds(transactionTime) - clockMs) <= MAX_CLOCK_SKEW_MS) return;
  throw transactionTimeOff(transactionTime, `within 2 minutes of ${instantOf(clockMs)}`);
}

/**
 * The refusal of a transaction's time, by whoever refuses it.
 * @param found the transaction's time, RFC 3339
 * @param expected which times the endorser takes
 */
export function transactionTimeOff(found: string, expected: string): VeinledgerError {
  const explanation = "the transaction's time is not the endorser's";
  const details = { field: 'transaction timestamp', expected, found };
  return new VeinledgerError('TRANSACTION_TIME_OFF', explanation, details);
}

/**
 * Whether the command is a late entry: it happened more than 15 minutes before the transaction.
 * @throws VeinledgerError AT_IN_FUTURE when `at` lies more than 2 minutes ahead of the transaction
 */
export function isLate(at: string, transactionTime: string): boolean {
  if (isAhead(at, transactionTime)) {
    throw new VeinledgerError('AT_IN_FUTURE', 'the command says that it happened in the future', {
      field: 'at',
      expected: `at most 2 minutes after ${transactionTime}`,
      found: at,
    });
  }
  return milliseconds(transactionTime) - milliseconds(at) > LATE_AFTER_MS;
}

/** Whether a command says that it happens later than two right clocks may differ from its transaction. */
export function isAhead(at: string, transactionTime: string): boolean {
  return milliseconds(at) - milliseconds(transactionTime) > MAX_AHEAD_MS;
}
