import { describe, expect, test } from '@jest/globals';
import { compareKeys } from '@veinledger/chaincode/replay';
import { inRange, successor } from './key-order.js';

describe('the order of keys', () => {
  test('is that of their UTF-8 bytes, where UTF-16 would differ', () => {
    const [fullWidthA, syringe] = ['\uFF21', '\u{1F489}'];
    expect(compareKeys(fullWidthA, syringe)).toBeLessThan(0);
    expect(fullWidthA > syringe).toBe(true);
  });

  test('puts the successor directly behind its key', () => {
    expect(compareKeys('a', successor('a'))).toBeLessThan(0);
    expect(compareKeys(successor('a'), 'a\u0001')).toBeLessThan(0);
  });

  test('has ranges without an end', () => {
    expect(inRange('\u{10FFFF}', 'a', '')).toBe(true);
    expect(inRange('A', 'a', '')).toBe(false);
    expect(inRange('b', 'a', 'b')).toBe(false);
    expect(inRange('a', 'a', 'b')).toBe(true);
  });
});
