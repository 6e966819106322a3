import { describe, expect, test } from '@jest/globals';
import { GatewayProblem } from './gateway-problem.js';
import { delayOf, pause } from './retries.js';
import { retryAfterMs } from './transport.js';

const policy = { attempts: 8, firstDelayMs: 100, maxDelayMs: 1000, timeoutMs: 1 };
const problem = (retryAfter?: number) =>
  new GatewayProblem(
    { type: '', title: '', status: 429, detail: '', code: 'X', instance: '' },
    retryAfter,
  );

describe('the pause between attempts', () => {
  test.each([
    [1, 50, 100],
    [3, 200, 400],
    [9, 500, 1000],
  ])('after attempt %d lies between %d and %d ms', (number, least, most) => {
    for (let round = 0; round < 50; round += 1) {
      const delay = delayOf(number, policy, problem());
      expect(delay).toBeGreaterThanOrEqual(least);
      expect(delay).toBeLessThanOrEqual(most);
    }
  });

  test('is left to chance, so that callers do not return together', () => {
    const delays = Array.from({ length: 20 }, () => delayOf(1, policy, problem()));
    expect(new Set(delays).size).toBeGreaterThan(1);
  });

  test('begins when the gateway says', () => {
    expect(delayOf(1, policy, problem(5000))).toBeGreaterThanOrEqual(5050);
  });

  test('ends at once when the call is ended', async () => {
    await pause(3_600_000, AbortSignal.abort());
    const controller = new AbortController();
    const waiting = pause(3_600_000, controller.signal);
    controller.abort();
    await waiting;
  });
});

describe('Retry-After', () => {
  test('is seconds or a date, and never before now', () => {
    expect(retryAfterMs('3')).toBe(3000);
    expect(retryAfterMs(new Date(Date.now() + 60_000).toUTCString())).toBeGreaterThan(50_000);
    expect(retryAfterMs('Sun, 06 Nov 1994 08:49:37 GMT')).toBe(0);
  });

  test('is nothing where it is missing or means nothing', () => {
    expect(retryAfterMs(null)).toBeUndefined();
    expect(retryAfterMs('soon')).toBeUndefined();
  });
});
