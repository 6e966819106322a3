import { describe, expect, test } from '@jest/globals';
import { type ConsentForm, decisionOf, isOpen, isYes } from './consents.js';

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

  test('is a no where a needed clause has one', () => {
    expect(decide({ cancer: false, companies: true })).toEqual({
      statement: { type: 'consent:RefuseConsent', body: { purpose: 'RESEARCH' } },
    });
  });
});

test('a question is open until it is answered, and only a yes permits', () => {
  const states = ['requested', 'deferred', 'given', 'renewed', 'refused', 'withdrawn', 'expired'];
  const standing = states.map((stands) => ({ ...question, stands, scope: {} }));
  expect(standing.filter(isOpen).map(({ stands }) => stands)).toEqual(['requested', 'deferred']);
  expect(standing.filter(isYes).map(({ stands }) => stands)).toEqual(['given', 'renewed']);
});
