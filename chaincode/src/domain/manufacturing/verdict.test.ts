import { describe, expect, test } from '@jest/globals';
import type { Check } from '../process/definition.js';
import type { Verdict } from './step-record.js';
import { judgeResults } from './verdict.js';

const CHECKS: readonly Check[] = [
  { kind: 'range', code: 'rin', unit: 'index', min: 7 },
  { kind: 'design-commitment', code: 'identity' },
  { kind: 'conforms', code: 'sterility' },
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
