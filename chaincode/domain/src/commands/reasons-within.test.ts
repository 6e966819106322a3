import { describe, expect, test } from '@jest/globals';
import { OF_ANOTHER_THERAPY } from '../nouns/named-item.js';
import type { Reason } from '../nouns/reason.js';
import { reasonsWithin, type TherapyOf } from './reasons-within.js';

const COI = 'H1234269000015';
const OTHER = 'H1234269000023';
const OWN = 'H123426000011M';
const FOREIGN = 'H123426000021I';

const therapies = new Map([
  [OWN, COI],
  [FOREIGN, OTHER],
  [OTHER, OTHER],
]);
const therapyOf: TherapyOf = (name) => Promise.resolve(therapies.get(name));
const scope = { kind: 'therapy', id: COI } as const;

describe('the reasons of a refusal under a therapy', () => {
  test('name what is its own', async () => {
    const reasons: readonly Reason[] = [
      { code: 'BROKEN_CHAIN', subject: `item ${OWN}`, expected: COI },
    ];
    expect(await reasonsWithin(scope, reasons, therapyOf)).toEqual(reasons);
  });

  test("name nothing of another therapy's, neither as what they are about nor in their words", async () => {
    const reasons: readonly Reason[] = [
      { code: 'BROKEN_CHAIN', subject: `item ${FOREIGN}`, expected: 'a record' },
      { code: 'IDENTITY_MISMATCH', expected: `${FOREIGN}, label ${COI}`, found: OTHER },
    ];
    expect(await reasonsWithin(scope, reasons, therapyOf)).toEqual([
      { code: 'BROKEN_CHAIN', expected: 'a record' },
      {
        code: 'IDENTITY_MISMATCH',
        expected: `${OF_ANOTHER_THERAPY}, label ${COI}`,
        found: OF_ANOTHER_THERAPY,
      },
    ]);
  });

  test('name what nobody registered as its signer typed it', async () => {
    const reasons: readonly Reason[] = [{ code: 'UNKNOWN_ITEM', subject: 'item H123426000050D' }];
    expect(await reasonsWithin(scope, reasons, therapyOf)).toEqual(reasons);
  });
});
