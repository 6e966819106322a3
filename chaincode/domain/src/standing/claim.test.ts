import { describe, expect, test } from '@jest/globals';
import { din } from '../example.fixture.js';
import { claimOfHandOver } from './claim.js';

const said = { item: din(1), labelRead: din(1), condition: 'intact' };

describe('who says that a thing which others hold went through their hands', () => {
  test('claims nothing grave of what was whole and bore its own label', () => {
    expect(claimOfHandOver(said)).toBe('other');
    expect(claimOfHandOver({ ...said, identityCheck: 'match', reason: 'wrong-address' })).toBe(
      'other',
    );
  });

  test.each([
    [{ labelRead: din(2) }, 'identity'],
    [{ identityCheck: 'mismatch' }, 'identity'],
    [{ reason: 'label' }, 'identity'],
    [{ condition: 'thawed' }, 'tampering'],
    [{ reason: 'damaged' }, 'tampering'],
    [{ reason: 'seal-broken' }, 'tampering'],
  ])('claims by %j %s', (rest, claim) => {
    expect(claimOfHandOver({ ...said, ...rest })).toBe(claim);
  });
});
