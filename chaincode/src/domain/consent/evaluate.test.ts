import { describe, expect, it } from '@jest/globals';
import {
  type Consent,
  CONSENT_STATES,
  type ConsentScope,
  type ConsentState,
} from './consent-record.js';
import { isDenied, reasonsAgainstUse } from './evaluate.js';

const AT = '2026-11-22T13:00:00.000Z';
const use = { purpose: 'RESEARCH', at: AT, dataClasses: [] } as const;

function consent(state: ConsentState, scope: ConsentScope = {}): Consent {
  return {
    noun: 'consent',
    patient: 'p',
    purpose: 'RESEARCH',
    id: state,
    state,
    legalBasis: 'consent',
    scope,
  };
}

const permits = (...consents: Consent[]) => reasonsAgainstUse(consents, use).length === 0;

describe('consent', () => {
  it('no rule means deny', () => {
    expect(reasonsAgainstUse([], use)).toMatchObject([
      { code: 'CONSENT_NOT_ACTIVE', found: 'no decision' },
    ]);
  });

  it('only given and renewed permit', () => {
    const permitting = CONSENT_STATES.filter((state) => permits(consent(state)));
    expect(permitting).toEqual(['given', 'renewed']);
  });

  it.each(['refused', 'withdrawn', 'revoked', 'restricted', 'invalidated'] as const)(
    'deny overrides: %s beside given denies',
    (state) => {
      expect(permits(consent('given'), consent(state))).toBe(false);
      expect(isDenied([consent('given'), consent(state)], 'RESEARCH')).toBe(true);
    },
  );

  it.each(['requested', 'superseded', 'expired', 'terminated'] as const)(
    '%s beside a later given one leaves it standing',
    (state) => expect(permits(consent(state), consent('given'))).toBe(true),
  );

  it('another purpose permits nothing', () => {
    expect(reasonsAgainstUse([consent('given')], { ...use, purpose: 'AI_TRAINING' })).toHaveLength(
      1,
    );
  });

  it('it begins at its first moment and has ended at its last', () => {
    expect(permits(consent('given', { validFrom: AT }))).toBe(true);
    expect(permits(consent('given', { validUntil: AT }))).toBe(false);
    expect(reasonsAgainstUse([consent('given', { validUntil: AT })], use)).toMatchObject([
      { code: 'CONSENT_NOT_ACTIVE', found: 'expired' },
    ]);
  });

  it('a country or a recipient outside its scope is not covered', () => {
    const scoped = [consent('given', { geography: ['DE'], recipients: ['LabMSP'] })];
    expect(reasonsAgainstUse(scoped, { ...use, country: 'DE' })).toEqual([]);
    expect(reasonsAgainstUse(scoped, { ...use, country: 'US' })).toHaveLength(1);
    expect(reasonsAgainstUse(scoped, { ...use, recipient: 'PayerMSP' })).toHaveLength(1);
  });
});
