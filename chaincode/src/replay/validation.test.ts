import { describe, expect, test } from '@jest/globals';
import { type KeyRead, type RangeRead, VALIDATION } from './block.js';
import { ReplayState } from './replay-state.js';
import { recomputeValidation } from './validation.js';

const at = (block: number, transaction = 0) => ({ block, transaction });

/** `a` and `c` written in block 1, `b` in block 2 and then deleted in block 3. */
function state(): ReplayState {
  const made = new ReplayState();
  made.apply(
    [
      { key: 'a', value: '1' },
      { key: 'c', value: '1' },
    ],
    at(1),
  );
  made.apply([{ key: 'b', value: '1' }], at(2));
  made.apply([{ key: 'b', value: null }], at(3));
  return made;
}

function code(reads: readonly KeyRead[], rangeReads: readonly RangeRead[] = []) {
  return recomputeValidation({ reads, rangeReads }, state());
}

const range = (...results: readonly KeyRead[]) => ({ startKey: 'a', endKey: 'd', results });

describe('a point read', () => {
  test('of the present version is valid, and so is one of a key that is still absent', () => {
    expect(code([{ key: 'a', version: at(1) }])).toBe(VALIDATION.VALID);
    expect(code([{ key: 'b', version: null }])).toBe(VALIDATION.VALID);
  });

  test('of a version that has passed conflicts', () => {
    expect(code([{ key: 'a', version: at(0) }])).toBe(VALIDATION.MVCC_READ_CONFLICT);
    expect(code([{ key: 'a', version: at(1, 1) }])).toBe(VALIDATION.MVCC_READ_CONFLICT);
  });

  test('of a key that came or went since conflicts', () => {
    expect(code([{ key: 'a', version: null }])).toBe(VALIDATION.MVCC_READ_CONFLICT);
    expect(code([{ key: 'b', version: at(2) }])).toBe(VALIDATION.MVCC_READ_CONFLICT);
  });
});

describe('a range read', () => {
  const a = { key: 'a', version: at(1) };
  const b = { key: 'b', version: at(2) };
  const c = { key: 'c', version: at(1) };

  test('that saw what is there is valid', () => {
    expect(code([], [range(a, c)])).toBe(VALIDATION.VALID);
    expect(code([], [{ startKey: 'b', endKey: '', results: [c] }])).toBe(VALIDATION.VALID);
    expect(code([], [{ startKey: 'a', endKey: 'c', results: [a] }])).toBe(VALIDATION.VALID);
  });

  test('that missed a key, saw one that went or an old version meets a phantom', () => {
    for (const seen of [range(a), range(a, b, c), range(a, { ...c, version: at(0) })]) {
      expect(code([], [seen])).toBe(VALIDATION.PHANTOM_READ_CONFLICT);
    }
  });

  test('of which the block holds hashes only decides nothing, and hides no other conflict', () => {
    const hashed = { ...range(), hashed: true as const };
    expect(code([], [hashed, range(a, c)])).toBeUndefined();
    expect(code([], [hashed, range(a)])).toBe(VALIDATION.PHANTOM_READ_CONFLICT);
    expect(code([{ key: 'a', version: null }], [hashed])).toBe(VALIDATION.MVCC_READ_CONFLICT);
  });

  test('is judged after the point reads', () => {
    expect(code([{ key: 'a', version: null }], [range(a)])).toBe(VALIDATION.MVCC_READ_CONFLICT);
  });
});
