import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { LONG_SUITES, secondsOf } from './long-suites.js';
import { ROOT } from './run-jest.js';

describe('the list of long suites', () => {
  test('names suites that there are', () => {
    const missing = Object.keys(LONG_SUITES).filter((path) => !existsSync(join(ROOT, path)));
    expect(missing).toEqual([]);
  });

  test('gives no time to one that is not in it', () => {
    expect(secondsOf(join(ROOT, 'scripts/dist/suites/long-suites.test.js'))).toBe(0);
  });
});
