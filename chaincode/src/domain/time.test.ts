import { describe, expect, it } from '@jest/globals';
import { instantOf, isLate, requireTransactionTime } from './time.js';

const NOW = Date.parse('2026-11-22T13:00:00.000Z');
const after = (ms: number) => instantOf(NOW + ms);
const MINUTE = 60_000;

describe('time', () => {
  it.each([
    ['15 minutes', 15 * MINUTE, false],
    ['15 minutes and a millisecond', 15 * MINUTE + 1, true],
  ])('a command %s old is late: %s', (_name, age, late) => {
    expect(isLate(after(-age), after(0))).toBe(late);
  });

  it('a command may lie 2 minutes ahead of its transaction, and no more', () => {
    expect(isLate(after(2 * MINUTE), after(0))).toBe(false);
    expect(() => isLate(after(2 * MINUTE + 1), after(0))).toThrow(/^AT_IN_FUTURE: /);
  });

  it.each([2 * MINUTE, -2 * MINUTE])('a transaction %s ms off the clock is accepted', (skew) => {
    expect(() => requireTransactionTime(after(skew), NOW)).not.toThrow();
  });

  it.each([2 * MINUTE + 1, -2 * MINUTE - 1])(
    'a transaction %s ms off the clock is refused',
    (skew) => {
      expect(() => requireTransactionTime(after(skew), NOW)).toThrow(
        /^TRANSACTION_TIME_OFF: .*"found":/,
      );
    },
  );
});
