import { describe, expect, test } from '@jest/globals';
import {
  asAsked,
  type ConsentForm,
  decisionOf,
  isOpen,
  isYes,
  type StandingConsent,
  whatCounts,
} from './consents.js';

const form: ConsentForm = {
  id: 'research',
  version: '1.0',
  language: 'en',
  title: 'Research',
  text: ['text'],
  clauses: [
    { clause: 'cancer', text: 'Cancer?', needed: true },
    { clause: 'companies', text: 'Companies?', needed: false },
  ],
};
const question = { purpose: 'RESEARCH', id: 'research-1' };
const decide = (answers: Readonly<Record<string, boolean>>) =>
  decisionOf(question, form, 'D', answers, 'what was shown');

describe('what a patient signs in answer to a question', () => {
  test('is a yes with an answer for each clause, and the commitment to what was shown', () => {
    const { statement, rendered } = decide({ cancer: true, companies: false });
    expect(statement).toMatchObject({
      type: 'consent:GiveConsent',
      body: {
        ...{ purpose: 'RESEARCH', consent: 'research-1', formDigest: 'D' },
        clauses: [
          { clause: 'cancer', agreed: true },
          { clause: 'companies', agreed: false },
        ],
      },
    });
    expect(JSON.parse(rendered ?? '')).toMatchObject({ v: 1, content: { bytes: 14 } });
  });

  test('is a no to that question alone where a needed clause has one', () => {
    expect(decide({ cancer: false, companies: true })).toEqual({
      statement: {
        type: 'consent:RefuseConsent',
        body: { purpose: 'RESEARCH', consent: 'research-1' },
      },
    });
  });
});

test('a question is open until it is answered, and only a yes permits', () => {
  const states = ['requested', 'deferred', 'given', 'renewed', 'refused', 'withdrawn', 'expired'];
  const standing = states.map((stands) => ({ ...question, stands, scope: {} }));
  expect(standing.filter(isOpen).map(({ stands }) => stands)).toEqual(['requested', 'deferred']);
  expect(standing.filter(isYes).map(({ stands }) => stands)).toEqual(['given', 'renewed']);
});

describe('a form', () => {
  const asked = (...clauses: readonly (readonly [string, boolean])[]) => ({
    ...{ id: 'research', version: '1.0', language: 'en', digest: 'D' },
    clauses: clauses.map(([clause, needed]) => ({ clause, needed })),
  });
  const neededIn = (found: ConsentForm | undefined) =>
    found?.clauses.map(({ clause, needed }) => [clause, needed]);

  test('needs those clauses that its question names as needed', () => {
    const all = asked(['cancer', false], ['companies', true]);
    expect(neededIn(asAsked(form, all))).toEqual([
      ['cancer', false],
      ['companies', true],
    ]);
  });

  test('needs all of them where its question names none', () => {
    const { clauses, ...without } = asked();
    expect(clauses).toEqual([]);
    expect(neededIn(asAsked(form, without))).toEqual([
      ['cancer', true],
      ['companies', true],
    ]);
  });

  test('is another where its question names other clauses', () => {
    expect(asAsked(form, asked(['cancer', true]))).toBeUndefined();
    expect(asAsked(form, asked(['cancer', true], ['insurers', true]))).toBeUndefined();
    const more = asked(['cancer', true], ['companies', true], ['insurers', true]);
    expect(asAsked(form, more)).toBeUndefined();
  });
});

describe('what a patient reads of what they said', () => {
  const said = (id: string, stands: string, day: number, more: Partial<StandingConsent> = {}) => {
    const at = `2027-01-0${day}T00:00:00Z`;
    const isNo = ['refused', 'withdrawn'].includes(stands);
    const when = isNo ? { ended: { at, time: at } } : { decided: { at, time: at } };
    return { ...{ purpose: 'RESEARCH', id, stands, scope: {} }, ...when, ...more };
  };
  const read = (...consents: readonly StandingConsent[]) =>
    whatCounts(consents).map(({ id }) => id);

  test('is the last of each purpose', () => {
    const other = said('share', 'given', 1, { purpose: 'SHARE_NAMED_PARTY' });
    expect(read(said('first', 'expired', 1), said('last', 'withdrawn', 2), other)).toEqual([
      'last',
      'share',
    ]);
    expect(read(said('last', 'given', 3), said('first', 'given', 2))).toEqual(['last']);
  });

  test('is a yes still where a further question had a no', () => {
    expect(read(said('yes', 'given', 1), said('no', 'refused', 2))).toEqual(['yes', 'no']);
    expect(read(said('no', 'refused', 1), said('yes', 'given', 2))).toEqual(['yes']);
  });

  test('is neither what was replaced, nor a question', () => {
    const old = [said('one', 'superseded', 3), said('two', 'restricted', 4)];
    expect(read(...old, said('yes', 'renewed', 2), said('asked', 'requested', 5))).toEqual(['yes']);
  });

  test('is a no of an unknown time until it is taken back', () => {
    const { ended, ...no } = said('J1', 'withdrawn', 1);
    expect(ended).toBeDefined();
    expect(read(said('yes', 'given', 2), no)).toEqual(['yes', 'J1']);
    expect(read(said('yes', 'given', 2, { takesBack: ['J1'] }), no)).toEqual(['yes']);
  });
});
