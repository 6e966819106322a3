import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CONSENT_STATES } from '../values/words.js';
import { CASES_OF_CONSENT } from './cases.fixture.js';
import { casesOf, inWords, TERMS, TODAY } from './cases-read.fixture.js';
import { decideUse, type Grounds } from './decide-use.js';
import type { AskedUse } from './use.js';
import type { WeighedConsent } from './weighed.js';

const CASES = casesOf(CASES_OF_CONSENT);

const answerTo = (grounds: Grounds, asked: AskedUse) => {
  const decided = decideUse(grounds, asked);
  return decided.verdict === 'permit' ? ['yes'] : decided.reasons.map(inWords);
};

describe('a use is answered with every reason', () => {
  test.each(CASES.map((each) => [each.line, each] as const))('%s', (_line, each) => {
    expect(answerTo(each.grounds, each.asked).sort()).toEqual([...each.answer].sort());
  });

  test('in at least 100 cases', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(100);
    expect(new Set(CASES.map(({ line }) => line)).size).toBe(CASES.length);
  });

  test('each reason once, however many statements give it', () => {
    const [twice] = casesOf('given to PayerMSP; given to HospitalMSP | | recipient LabMSP');
    expect(twice && answerTo(twice.grounds, twice.asked)).toEqual(['recipient LabMSP']);
  });
});

describe('a permitted use draws', () => {
  const drawnOn = (consents: readonly WeighedConsent[]) => {
    const [any] = CASES;
    const decided = any && decideUse({ ...any.grounds, consents }, any.asked);
    return decided?.verdict === 'permit' ? decided.on.consent?.id : undefined;
  };
  const said = (line: string) => casesOf(`${line} | | yes`)[0]?.grounds.consents ?? [];

  test('on a consent with no limit before one with one, whichever was recorded first', () => {
    expect(drawnOn(said('given uses 0/5; given'))).toBe('2');
    expect(drawnOn(said('given; given uses 0/5'))).toBe('1');
  });

  test('on the same of two, in whichever order they come', () => {
    const two = said('given; given');
    expect(drawnOn(two)).toBe(drawnOn(two.toReversed()));
  });
});

const scope = fc.record(
  {
    recipients: fc.uniqueArray(fc.constantFrom('LabMSP', 'PayerMSP'), { minLength: 1 }),
    geography: fc.uniqueArray(fc.constantFrom('DE', 'AT'), { minLength: 1 }),
    dataClasses: fc.uniqueArray(fc.constantFrom('sample' as const, 'genome' as const), {
      minLength: 1,
    }),
    validFrom: fc.constantFrom('2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z'),
    validUntil: fc.constantFrom('2026-11-10T00:00:00.000Z', '2027-01-01T00:00:00.000Z'),
    maxUses: fc.integer({ min: 1, max: 2 }),
  },
  { requiredKeys: [] },
);
const statement = fc
  .record({
    state: fc.constantFrom(...CONSENT_STATES),
    purpose: fc.constantFrom('RESEARCH' as const, 'AI_TRAINING' as const),
    scope,
    used: fc.integer({ min: 0, max: 2 }),
    takesBack: fc.uniqueArray(fc.constantFrom('1', '2', '3', '4')),
  })
  .map((each) => {
    return { noun: 'consent', patient: 'p', legalBasis: 'consent', id: '', ...each } as const;
  });
const consents = fc
  .array(statement, { maxLength: 4 })
  .map((all) => all.map((each, index): WeighedConsent => ({ ...each, id: String(index + 1) })));
const use = fc.record({
  purpose: fc.constantFrom('RESEARCH' as const, 'AI_TRAINING' as const),
  recipient: fc.constantFrom('LabMSP', 'PayerMSP'),
  country: fc.constantFrom('DE', 'AT', undefined),
  dataClasses: fc.uniqueArray(fc.constantFrom('sample' as const, 'genome' as const)),
  at: fc.constant(TODAY),
  basis: fc.constant('consent'),
  jurisdiction: fc.constant('DE'),
});
const decide = (said: readonly WeighedConsent[], asked: AskedUse) =>
  decideUse({ consents: said, objections: [], bases: [], terms: TERMS }, asked);
const DENIALS = ['refused', 'withdrawn', 'revoked', 'invalidated'] as const;

describe('whatever a patient has said', () => {
  test('the order in which it was recorded tells in no answer', () => {
    fc.assert(
      fc.property(consents, use, fc.func(fc.integer()), (said, asked, key) => {
        const shuffled = said.toSorted((one, other) => key(one.id) - key(other.id));
        expect(decide(shuffled, asked)).toEqual(decide(said, asked));
      }),
    );
  });

  test('adding a denial never permits, and denies whatever it reaches', () => {
    const denial = fc.record({ said: statement, state: fc.constantFrom(...DENIALS) });
    fc.assert(
      fc.property(consents, use, denial, (said, asked, { said: anew, state }) => {
        const more = [...said, { ...anew, state, id: '5' }];
        const before = decide(said, asked).verdict;
        expect([before, 'deny']).toContain(decide(more, asked).verdict);
        const { purpose } = asked;
        const wide = [...said, { ...anew, state, id: '5', scope: {}, purpose }];
        expect(decide(wide, asked).verdict).toBe('deny');
      }),
    );
  });

  test('a withdrawal is monotone: what it leaves permitted was permitted before', () => {
    fc.assert(
      fc.property(consents, use, fc.nat(3), (said, asked, which) => {
        const after = said.map((each, index) =>
          index === which ? { ...each, state: 'withdrawn' as const } : each,
        );
        if (decide(after, asked).verdict === 'permit') {
          expect(decide(said, asked).verdict).toBe('permit');
        }
      }),
    );
  });

  test('narrowing what is given never permits more', () => {
    fc.assert(
      fc.property(consents, use, (said, asked) => {
        const narrowed = said.map((each) =>
          each.state === 'given'
            ? { ...each, scope: { ...each.scope, recipients: [], geography: [] } }
            : each,
        );
        if (decide(narrowed, asked).verdict === 'permit') {
          expect(decide(said, asked).verdict).toBe('permit');
        }
      }),
    );
  });
});
