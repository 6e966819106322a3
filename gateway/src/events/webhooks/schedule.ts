const SECOND_MS = 1_000;
/** The longest that a receiver may put off the next try: a day. */
const MAX_DELAY_MS = 24 * 3600 * SECOND_MS;
/** By how much a delay is lengthened at random, so that receivers are not met by all at once. */
const JITTER = 0.2;

/**
 * How long to wait before the next try, milliseconds; undefined when there is none.
 * @param tries how often it was tried
 * @param retryAfterMs what the receiver asked for
 */
export function delayAfter(
  tries: number,
  retrySeconds: readonly number[],
  retryAfterMs = 0,
): number | undefined {
  const seconds = retrySeconds[tries - 1];
  if (seconds === undefined) return undefined;
  const delay = seconds * SECOND_MS * (1 + Math.random() * JITTER);
  return Math.max(delay, Math.min(retryAfterMs, MAX_DELAY_MS));
}

/** How long until a time, milliseconds; a time further off than any delay is one that a clock has left behind. */
export function waitUntil(instant: string, now: number): number {
  const wait = Date.parse(instant) - now;
  return wait > MAX_DELAY_MS * (1 + JITTER) ? 0 : Math.max(wait, 0);
}
