import { describe, expect, test } from '@jest/globals';
import { startIn } from './identity.js';

/** A line of /proc/<pid>/stat as Linux writes it, of a process that started at tick 1809975. */
const lineOf = (state: string, threads: number, name = 'peer') =>
  `28583 (${name}) ${state} 28575 28575 2629 0 -1 4227084 3027 6500 17 2 5 3 4 3 20 0 ${threads} 0 1809975 0 0`;

describe('a process, by what Linux tells of it,', () => {
  test('lives while it runs or waits, whatever its name', () => {
    expect(startIn(lineOf('S', 12))).toBe('1809975');
    expect(startIn(lineOf('R', 1, 'odd) Z 1 (name'))).toBe('1809975');
  });

  test('lives on when its first thread has ended and another holds its ports', () => {
    expect(startIn(lineOf('Z', 2))).toBe('1809975');
  });

  test('is dead when no thread is left, though nobody has asked yet how it ended', () => {
    expect(startIn(lineOf('Z', 1))).toBeUndefined();
    expect(startIn(lineOf('Z', 0))).toBeUndefined();
    expect(startIn(lineOf('X', 0))).toBeUndefined();
  });
});
