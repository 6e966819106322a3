import { describe, expect, it } from '@jest/globals';
import type { Consent, ConsentScope } from '../nouns/consent.js';
import { CONSENT_STATES, type ConsentState } from '../values/words.js';
import { isDenied, reasonsAgainstUse, usesMade } from './evaluate.js';
import { isDenial } from './stands.js';
import { signed, RECIPIENT } from '../example.fixture.js';
import type { WeighedConsent } from './weighed.js';

const AT = '2026-11-22T13:00:00.000Z';
const use = { purpose: 'RESEARCH', at: AT, dataClasses: [], ...RECIPIENT } as const;

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

const permits = (...consents: WeighedConsent[]) => reasonsAgainstUse(consents, use).length === 0;

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

  it.each(['refused', 'withdrawn', 'revoked', 'invalidated'] as const)(
    'deny overrides: %s beside given denies, and only the first two are the patient’s no',
    (state) => {
      expect(permits(consent('given'), consent(state))).toBe(false);
      const isNo = state === 'refused' || state === 'withdrawn';
      expect(isDenied([consent('given'), consent(state)], use)).toBe(isNo);
    },
  );

  it('what denies until it is taken back is a no, and what others ended', () => {
    const denying = CONSENT_STATES.filter((state) => isDenial({ state }));
    expect(denying).toEqual(['refused', 'withdrawn', 'revoked', 'invalidated']);
  });

  it.each(['refused', 'withdrawn'] as const)(
    '%s stands until the patient gives consent anew that takes it back',
    (state) => {
      for (const other of ['requested', 'superseded', 'expired', 'terminated'] as const) {
        expect(isDenied([consent(state), consent(other)], use)).toBe(true);
      }
      const again = { ...consent('given'), takesBack: [state] };
      expect(isDenied([consent(state)], { ...use, purpose: 'AI_TRAINING' })).toBe(false);
      expect(isDenied([consent(state), again], use)).toBe(false);
      expect(permits(consent(state), again)).toBe(true);
      const narrow = { ...again, scope: { recipients: ['PayerMSP'] } };
      expect(reasonsAgainstUse([consent(state), narrow], use)).toMatchObject([
        { code: 'CONSENT_NOT_ACTIVE', found: 'out of scope: recipient LabMSP' },
      ]);
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
      { code: 'CONSENT_NOT_ACTIVE', found: `valid until ${AT}, asked of ${AT}` },
    ]);
    const later = '2099-01-01T00:00:00.000Z';
    expect(reasonsAgainstUse([consent('given', { validFrom: later })], use)).toMatchObject([
      { code: 'CONSENT_NOT_ACTIVE', found: `valid from ${later}, asked of ${AT}` },
    ]);
  });

  it('a country or a recipient outside its scope is not covered', () => {
    const scoped = [consent('given', { geography: ['DE'], recipients: ['LabMSP'] })];
    expect(reasonsAgainstUse(scoped, { ...use, country: 'DE' })).toEqual([]);
    expect(reasonsAgainstUse(scoped, { ...use, country: 'US' })).toHaveLength(1);
    expect(reasonsAgainstUse(scoped, { ...use, country: undefined })).toHaveLength(1);
    expect(reasonsAgainstUse(scoped, { ...use, recipient: 'PayerMSP' })).toHaveLength(1);
  });

  it('every class of data that a use touches is covered, or none is', () => {
    const scoped = [consent('given', { dataClasses: ['sample', 'clinical'] })];
    expect(reasonsAgainstUse(scoped, { ...use, dataClasses: ['sample'] })).toEqual([]);
    expect(reasonsAgainstUse(scoped, { ...use, dataClasses: ['sample', 'genome'] })).toMatchObject([
      { code: 'CONSENT_NOT_ACTIVE', found: 'out of scope: data class genome' },
    ]);
    expect(reasonsAgainstUse([consent('given')], { ...use, dataClasses: ['genome'] })).toEqual([]);
  });

  it('it permits as many uses as it says, and no more', () => {
    const limited = consent('given', { maxUses: 2 });
    expect(permits({ ...limited, used: 1 })).toBe(true);
    expect(reasonsAgainstUse([{ ...limited, used: 2 }], use)).toMatchObject([
      { code: 'CONSENT_NOT_ACTIVE', found: 'used 2 times' },
    ]);
  });

  it('a use counts once, on a limited consent that no unlimited one spares', () => {
    const limited = { ...consent('given', { maxUses: 2 }), used: 0 };
    const counted = { noun: 'consent-use', patient: 'p', consent: 'given', command: 'c' };
    expect(usesMade([limited], [use, use], 'c')).toMatchObject([counted]);
    const open = { ...consent('given'), id: 'open' };
    expect(usesMade([limited, open], [use], 'c')).toEqual([]);
    expect(usesMade([{ ...limited, used: 2 }], [use], 'c')).toEqual([]);
  });

  it('given with compromised keys it permits nothing, and the record is named', () => {
    const statement = { subject: 'consent RESEARCH given', signed: signed('p') };
    const suspect = { ...statement, actor: 'p', since: AT };
    const doubted = { ...consent('given'), suspect };
    expect(reasonsAgainstUse([doubted], use)).toMatchObject([
      { code: 'SUSPECT_SIGNATURE', subject: 'consent RESEARCH given' },
    ]);
    expect(permits(doubted, { ...consent('given'), id: 'again' })).toBe(true);
    expect(reasonsAgainstUse([doubted, consent('withdrawn')], use)).toMatchObject([
      { code: 'CONSENT_DENIED' },
      { code: 'SUSPECT_SIGNATURE' },
    ]);
  });
});
