import { describe, expect, test } from '@jest/globals';
import { oddOnes } from './majority.js';

const said = (values: Readonly<Record<string, string>>) => oddOnes(new Map(Object.entries(values)));

describe('who differs from the others', () => {
  test('is nobody when all say the same', () => {
    expect(said({ lab: 'a', hospital: 'a' })).toEqual([]);
  });

  test('is the one that says otherwise than two', () => {
    expect(said({ lab: 'b', hospital: 'a', manufacturer: 'a' })).toEqual(['lab']);
  });

  test('cannot be told of two', () => {
    expect(said({ lab: 'b', hospital: 'a' })).toBeUndefined();
  });

  test('cannot be told when each of three says something else', () => {
    expect(said({ lab: 'b', hospital: 'a', manufacturer: 'c' })).toBeUndefined();
  });
});
