import { describe, expect, test } from '@jest/globals';
import {
  classOf,
  type DeviationCode,
  DEVIATION_CODES,
  deviationCode,
  reachOf,
} from './deviation-codes.js';

describe('a deviation’s code', () => {
  test('of a condition, or a return, reaches what was made after it may have begun, every other everything', () => {
    expect(reachOf('TEMPERATURE_EXCURSION')).toBe('since');
    const since = DEVIATION_CODES.filter((code) => reachOf(code) === 'since');
    const isCondition = (code: DeviationCode) => classOf(code) === 'condition';
    expect(since).toEqual(
      DEVIATION_CODES.filter((code) => isCondition(code) || code === 'RETURNED'),
    );
    expect(since.length).toBeLessThan(DEVIATION_CODES.length / 2);
  });

  test('stands in one table: no other is read', () => {
    expect(deviationCode.safeParse('TEMPERATURE_EXCURSION').success).toBe(true);
    for (const other of ['toString', 'EXCURSION', ''])
      expect(deviationCode.safeParse(other).success).toBe(false);
  });
});
