import { describe, expect, test } from '@jest/globals';
import { COI, din, item, signed } from '../example.fixture.js';
import { block, nameOf, reject, unblock } from './subject.js';
import type { Blocker } from './blockable.js';

const excursion: Blocker = { kind: 'deviation', id: 'D1', code: 'TEMPERATURE_EXCURSION' };
const seal: Blocker = { kind: 'deviation', id: 'D2', code: 'SEAL_MISMATCH' };
/** a hold whose placer named it like the deviation */
const hold: Blocker = { kind: 'hold', id: 'D1', code: 'investigation' };

const stopped = [excursion, seal, hold].reduce(block, item());

const by = signed('manufacturer.quality');

describe('a thing that may not be used', () => {
  test('keeps its blockers in the order in which they came', () => {
    expect(stopped.blockers).toEqual([excursion, seal, hold]);
  });

  test('loses with a disposition that blocker only', () => {
    expect(unblock(stopped, excursion, by).blockers).toEqual([seal, hold]);
    expect(unblock(stopped, { kind: 'deviation', id: 'D3' }, by)).toEqual(stopped);
  });

  test('remembers whose disposition cleared it, and nobody who cleared nothing', () => {
    expect(unblock(stopped, excursion, by).cleared).toEqual([by]);
    expect(unblock(stopped, { kind: 'deviation', id: 'D3' }, by).cleared).toBeUndefined();
  });

  test('keeps a deviation when a hold of the same id is lifted', () => {
    expect(unblock(stopped, hold, by).blockers).toEqual([excursion, seal]);
  });

  test('is rejected for good, and nothing lifts that', () => {
    const rejected = reject(stopped, 'D1');
    expect(rejected.blockers).toEqual([{ ...excursion, kind: 'rejected' }, seal, hold]);
    expect(unblock(rejected, excursion, by).blockers).toEqual(rejected.blockers);
    expect(unblock(rejected, hold, by).blockers).toEqual([
      { ...excursion, kind: 'rejected' },
      seal,
    ]);
  });

  test('has a short name', () => {
    expect(nameOf({ kind: 'therapy', coi: COI })).toBe(`therapy ${COI}`);
    expect(nameOf({ kind: 'step', coi: COI, id: 'calling', attempt: 2 })).toBe('step calling/2');
    expect(nameOf({ kind: 'item', coi: COI, id: din(1) })).toBe(`item ${din(1)}`);
  });
});
