import { describe, expect, test } from '@jest/globals';
import { addMinutes, earlier, isAhead, isLate, requireTransactionTime } from './time.js';

const NOW = '2026-11-22T13:00:00.000Z';
const at = (milliseconds: number) => new Date(Date.parse(NOW) + milliseconds).toISOString();
const MINUTE = 60_000;

describe('a transaction’s time', () => {
  test.each([0, 2 * MINUTE, -2 * MINUTE])('%d ms from the endorser’s clock is accepted', (off) => {
    expect(() => requireTransactionTime(at(off), Date.parse(NOW))).not.toThrow();
  });

  test.each([2 * MINUTE + 1, -2 * MINUTE - 1])('%d ms from it is refused', (off) => {
    expect(() => requireTransactionTime(at(off), Date.parse(NOW))).toThrow(
      `TRANSACTION_TIME_OFF: the transaction's time is not the endorser's {"field":"transaction timestamp","expected":"within 2 minutes of ${NOW}","found":"${at(off)}"}`,
    );
  });
});

describe('what happened', () => {
  test.each([
    ['15 minutes ago is on time', -15 * MINUTE, false],
    ['a millisecond more than 15 minutes ago is late', -15 * MINUTE - 1, true],
    ['now is on time', 0, false],
    ['2 minutes ahead is on time, for clocks differ', 2 * MINUTE, false],
  ])('%s', (_name, off, late) => {
    expect(isLate(at(off), NOW)).toBe(late);
  });

  test('more than 2 minutes ahead of the transaction did not happen', () => {
    expect(() => isLate(at(2 * MINUTE + 1), NOW)).toThrow('AT_IN_FUTURE');
  });
});

test('a command is ahead of its transaction by more than clocks may differ, or it is not', () => {
  expect(isAhead(at(2 * MINUTE), NOW)).toBe(false);
  expect(isAhead(at(2 * MINUTE + 1), NOW)).toBe(true);
});

describe('a time', () => {
  test('some minutes later crosses days and months', () => {
    expect(addMinutes('2026-02-28T23:50:00.000Z', 15)).toBe('2026-03-01T00:05:00.000Z');
  });

  test('is told from a later one in either order', () => {
    expect(earlier(NOW, at(1))).toBe(NOW);
    expect(earlier(at(1), NOW)).toBe(NOW);
  });
});
