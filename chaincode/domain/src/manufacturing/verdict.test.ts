import { describe, expect, test } from '@jest/globals';
import type { Check } from '../nouns/process-definition.js';
import type { Verdict } from '../nouns/reason.js';
import { findingsOf, judgeResults } from './verdict.js';

const CHECKS: readonly Check[] = [
  { kind: 'range', code: 'rin', class: 'quality', unit: 'index', min: 7 },
  { kind: 'design-commitment', code: 'identity', class: 'identity' },
  { kind: 'conforms', code: 'sterility', class: 'safety' },
];

function measured(results: readonly { check: string; value: number | boolean }[]) {
  return judgeResults(CHECKS, { from: 'annex', content: { results: [...results] } }, true);
}

function endorsed(verdicts: readonly Verdict[], confirmed = true) {
  return judgeResults(CHECKS, { from: 'endorsement', verdicts }, confirmed);
}

const pass = (check: string): Verdict => ({ check, verdict: 'pass' });

describe('the verdict on a step’s results', () => {
  test('holds each check against its limits, which belong to the range', () => {
    const results = [
      { check: 'rin', value: 7 },
      { check: 'sterility', value: false },
    ];
    const failed: Verdict = { check: 'sterility', verdict: 'fail' };
    expect(measured(results)).toEqual([pass('rin'), pass('identity'), failed]);
  });

  test('does not let a second result of a check replace the first, whichever of them passes', () => {
    const given = [6, 9].map((value) => ({ check: 'rin', value }));
    expect(measured(given)[0]).toEqual({ check: 'rin', verdict: 'fail' });
    expect(measured([...given].reverse())[0]).toEqual({ check: 'rin', verdict: 'fail' });
    expect(measured([7, 9].map((value) => ({ check: 'rin', value })))[0]).toEqual(pass('rin'));
  });

  test('takes a range’s both ends, and no truth value for a number', () => {
    const range = {
      kind: 'range',
      code: 'ph',
      class: 'quality',
      unit: 'ph',
      min: 6.8,
      max: 8,
    } as const;
    const verdict = (value: number | boolean) =>
      judgeResults(
        [range],
        { from: 'annex', content: { results: [{ check: 'ph', value }] } },
        true,
      )[0]?.verdict;
    expect([6.8, 7, 8].map(verdict)).toEqual(['pass', 'pass', 'pass']);
    expect([6.79, 8.01, true, 0].map(verdict)).toEqual(['fail', 'fail', 'fail', 'fail']);
  });

  test('passes one of several ranges, and is missing when none of them was measured', () => {
    const either: Check = {
      kind: 'any-of',
      code: 'rna-integrity',
      class: 'quality',
      ranges: [
        { code: 'rin', unit: 'index', min: 7 },
        { code: 'dv200', unit: 'percent', min: 50 },
      ],
    };
    const verdict = (...results: { check: string; value: number }[]) =>
      judgeResults([either], { from: 'annex', content: { results } }, true).map(
        (each) => each.verdict,
      );
    expect(verdict({ check: 'rin', value: 6 }, { check: 'dv200', value: 50 })).toEqual(['pass']);
    expect(verdict({ check: 'rin', value: 6.9 }, { check: 'dv200', value: 49 })).toEqual(['fail']);
    expect(verdict({ check: 'rin', value: 7 })).toEqual(['pass']);
    expect(verdict()).toEqual(['missing']);
  });

  test('confirms a design’s commitment by the ledger’s own comparison only', () => {
    const results = [{ check: 'identity', value: true }];
    const judged = judgeResults(CHECKS, { from: 'annex', content: { results } }, false);
    expect(judged).toContainEqual({ check: 'identity', verdict: 'fail' });
    expect(judged).toContainEqual({ check: 'identity', verdict: 'unexpected' });
  });

  test('says which results are missing and which nobody asked for', () => {
    expect(measured([{ check: 'ph', value: 7 }])).toEqual([
      { check: 'rin', verdict: 'missing' },
      pass('identity'),
      { check: 'sterility', verdict: 'missing' },
      { check: 'ph', verdict: 'unexpected' },
    ]);
  });
});

describe('without the annex the endorsers’ verdicts', () => {
  test('stand as they gave them', () => {
    for (const results of [
      [{ check: 'rin', value: 6 }],
      [
        { check: 'rin', value: 9 },
        { check: 'identity', value: true },
        { check: 'sterility', value: true },
      ],
    ]) {
      const verdicts = measured(results);
      expect(endorsed(verdicts)).toEqual(verdicts);
    }
  });

  test('cannot pass a design’s commitment that the ledger does not confirm', () => {
    const verdicts = [pass('rin'), pass('identity'), pass('sterility')];
    expect(endorsed(verdicts, false)[1]).toEqual({ check: 'identity', verdict: 'fail' });
  });

  test('cannot leave a check of the process out', () => {
    expect(endorsed([pass('rin')])).toEqual([
      pass('rin'),
      pass('identity'),
      { check: 'sterility', verdict: 'missing' },
    ]);
  });
});

describe('what deviates by a verdict', () => {
  const codeOf = (check: string, verdict: 'fail' | 'missing') =>
    findingsOf(CHECKS, [{ check, verdict }]).map(({ code, classification }) => [
      code,
      classification,
    ]);

  test('is named by what the check is about: identity and safety are no matter of quality', () => {
    expect(codeOf('identity', 'fail')).toEqual([['IDENTITY_CHECK_FAILED', 'critical']]);
    expect(codeOf('identity', 'missing')).toEqual([['IDENTITY_CHECK_MISSING', 'critical']]);
    expect(codeOf('sterility', 'fail')).toEqual([['SAFETY_CHECK_FAILED', 'critical']]);
    expect(codeOf('sterility', 'missing')).toEqual([['SAFETY_CHECK_MISSING', 'critical']]);
    expect(codeOf('rin', 'fail')).toEqual([['RESULT_OUT_OF_LIMITS', 'major']]);
    expect(codeOf('rin', 'missing')).toEqual([['RESULT_MISSING', 'major']]);
  });

  test('says what leads on from an identity that failed, as the process has it of the check', () => {
    const check = { kind: 'conforms', class: 'identity', code: 'concordance' } as const;
    const found = (verdict: 'fail' | 'missing', leadsOn?: readonly string[]) =>
      findingsOf([leadsOn ? { ...check, leadsOn } : check], [{ check: 'concordance', verdict }]);
    const failed = {
      code: 'IDENTITY_CHECK_FAILED',
      classification: 'critical',
      found: 'concordance',
    };
    expect(found('fail', ['collection', 'template'])).toEqual([
      { ...failed, expected: 'anew from collection or template' },
    ]);
    expect(found('fail')).toEqual([failed]);
    expect(found('missing', ['collection'])).toEqual([
      { ...failed, code: 'IDENTITY_CHECK_MISSING' },
    ]);
  });

  test('is nothing where a check only informs, and where everything passes', () => {
    const informs = { kind: 'conforms', class: 'information', code: 'lead-times' } as const;
    expect(findingsOf([informs], [{ check: 'lead-times', verdict: 'fail' }])).toEqual([]);
    expect(findingsOf(CHECKS, [pass('identity'), pass('rin')])).toEqual([]);
  });
});

describe('a run whose own control failed', () => {
  const control: Check = { kind: 'conforms', code: 'blank', class: 'quality', control: true };
  const found = (blank: boolean) => {
    const results = [
      { check: 'sterility', value: false },
      { check: 'blank', value: blank },
      { check: 'colour', value: true },
    ];
    const checks = [...CHECKS, control];
    const verdicts = judgeResults(checks, { from: 'annex', content: { results } }, false);
    return findingsOf(checks, verdicts).map(({ code }) => code);
  };

  test('deviates by that alone, and by what nobody asked for', () => {
    expect(found(false)).toEqual(['CONTROL_FAILED', 'RESULT_UNEXPECTED']);
    expect(found(true)).toEqual([
      'RESULT_MISSING',
      'IDENTITY_CHECK_FAILED',
      'SAFETY_CHECK_FAILED',
      'RESULT_UNEXPECTED',
    ]);
  });
});
