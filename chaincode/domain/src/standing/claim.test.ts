import { describe, expect, test } from '@jest/globals';
import { COI, din, item, OTHER_COI } from '../example.fixture.js';
import { LABEL_FINDINGS } from '../values/label.js';
import { alarmUnless, claimOfHandOver, itemNamed } from './claim.js';

const said = { labelRead: din(1), condition: 'intact' };
const named = { id: din(1), known: 'own', item: item() } as const;
const labelled = item({ alias: din(3) });

describe('who says that a thing which others hold went through their hands', () => {
  test('claims nothing grave of what was whole and bore its own label', () => {
    expect(claimOfHandOver(named, said)).toBe('other');
    expect(
      claimOfHandOver(named, { ...said, identityCheck: 'match', reason: 'wrong-address' }),
    ).toBe('other');
  });

  test.each(LABEL_FINDINGS)('claims no other label where %s is all that was read', (labelRead) => {
    expect(claimOfHandOver(named, { ...said, labelRead })).toBe('other');
  });

  test('claims no other label by another number on it, and one by a number from before', () => {
    const words = { labelRead: din(1), label: din(2), reason: 'damaged' } as const;
    const relabellings = [{ ...words, formerLabel: 'destroyed' as const, signatures: [] }];
    const claimed = (labelRead: string, of = labelled) =>
      claimOfHandOver({ ...named, id: din(3), item: of }, { ...said, labelRead });
    expect([din(1), din(3)].map((each) => claimed(each))).toEqual(['other', 'other']);
    const now = { ...labelled, relabellings };
    expect([din(1), din(2), din(3)].map((each) => claimed(each, now))).toEqual([
      ...['identity', 'other', 'identity'],
    ]);
    expect(claimOfHandOver({ id: din(1), known: 'never' }, said)).toBe('other');
  });

  test.each([
    [{ labelRead: din(2) }, 'identity'],
    [{ identityCheck: 'mismatch' }, 'identity'],
    [{ reason: 'label' }, 'identity'],
    [{ condition: 'thawed' }, 'tampering'],
    [{ reason: 'damaged' }, 'tampering'],
    [{ reason: 'seal-broken' }, 'tampering'],
  ])('claims by %j %s', (rest, claim) => {
    expect(claimOfHandOver(named, { ...said, ...rest })).toBe(claim);
  });
});

describe('a claim', () => {
  const claim = { subject: { kind: 'lot', id: 'lot-1' }, claim: 'other' } as const;

  test('is made by a word without standing, and by no other', () => {
    expect(alarmUnless(false, claim)).toBe(claim);
    expect(alarmUnless(true, claim)).toBeUndefined();
  });

  test('is about the thing in the therapy that it belongs to, and of an unknown one in this', () => {
    const ref = { kind: 'item', coi: COI, id: din(1) };
    expect(itemNamed(COI, { id: din(1), known: 'own', item: item() })).toEqual(ref);
    expect(itemNamed(COI, { id: din(1), known: 'never' })).toEqual(ref);
    expect(itemNamed(COI, { id: din(3), known: 'own', item: labelled })).toEqual(ref);
    const foreign = item({ coi: OTHER_COI });
    expect(itemNamed(COI, { id: din(1), known: 'foreign', item: foreign })).toEqual({
      ...ref,
      coi: OTHER_COI,
    });
  });
});
