import { describe, expect, test } from '@jest/globals';
import { NOW, signed } from '../example.fixture.js';
import { DEVIATION, honest, lacking, verdictsOf } from '../graph/honest-therapy.fixture.js';
import { validOf } from '../graph/results.js';
import type { Verdict } from '../nouns/reason.js';
import { against } from './dose-gate.fixture.js';
import { BEFORE, retest } from './retest.fixture.js';

describe('a run whose own control failed', () => {
  const controlled = (control: 'fail' | 'missing', others: Parameters<typeof verdictsOf>[1] = {}) =>
    honest()
      .by((definition) => ({
        ...definition,
        steps: definition.steps.map((step) =>
          step.id === 'release-tests' || step.id === 'calling'
            ? { ...step, checks: [...step.checks, CONTROL] }
            : step,
        ),
      }))
      .report('release-tests/1', {
        verdicts: [...verdictsOf('release-tests', others), { check: 'control', verdict: control }],
      })
      .report('calling/1', {
        verdicts: [...verdictsOf('calling'), { check: 'control', verdict: 'pass' }],
      });
  const valid = {
    verdicts: [...verdictsOf('release-tests'), { check: 'control', verdict: 'pass' as const }],
  };

  test('has no result: it neither fails nor passes anything', () => {
    expect(against(controlled('fail', { sterility: 'fail' }))).toEqual(['NOT_TESTED']);
    expect(
      against(controlled('fail', { sterility: 'fail' }).with(retest('release-tests/2', valid))),
    ).toEqual([]);
    const set = { blockers: [{ kind: 'rejected', id: 'D1', code: 'CONTROL_FAILED' } as const] };
    const aside = controlled('fail', { sterility: 'fail' }).change('step', 'release-tests/1', set);
    expect(against(aside.with(retest('release-tests/2', valid)))).toEqual([]);
    expect(against(aside.change('step', 'release-tests/1', DEVIATION))).toContain('DEVIATION_OPEN');
  });

  test('has none that a design could rest on', () => {
    const story = controlled('fail').report('calling/1', {
      verdicts: [...verdictsOf('calling'), { check: 'control', verdict: 'fail' }],
    });
    expect(against(story)).toEqual(['COLLECTIONS_NOT_COMPARED', 'NOT_TESTED', 'RESULT_MISSING']);
    const untold = {
      verdicts: [...verdictsOf('calling'), { check: 'control', verdict: 'missing' as const }],
    };
    expect(against(controlled('missing').report('calling/1', untold))).toContain(
      'COLLECTIONS_NOT_COMPARED',
    );
  });

  test('is one of which any control failed, or was not told of, also where it is reported again', () => {
    const step = (code: string) => ({ ...CONTROL, code });
    const results = (...verdicts: readonly Verdict[]) =>
      validOf([step('positive'), step('negative')], verdicts).map(({ verdict }) => verdict);
    const negative: Verdict = { check: 'negative', verdict: 'pass' };
    const sterile: Verdict = { check: 'sterility', verdict: 'pass' };
    const unasked: Verdict = { check: 'colour', verdict: 'unexpected' };
    expect(results({ check: 'positive', verdict: 'fail' }, negative, sterile, unasked)).toEqual([
      ...['missing', 'missing', 'missing', 'unexpected'],
    ]);
    expect(results(negative, sterile)).toEqual(['missing', 'missing']);
    const again = (control: Verdict['verdict']) => ({
      ...{ ...signed('manufacturer.tester'), lots: [] },
      verdicts: [
        { check: 'sterility', verdict: 'fail' as const },
        { check: 'control', verdict: control },
      ],
    });
    const told = (control: Verdict['verdict']) =>
      controlled('fail')
        .report('release-tests/1', valid)
        .change('step', 'release-tests/1', { repeated: [again(control)] });
    expect(against(told('fail'))).toEqual([]);
    expect(against(told('pass'))).toEqual(['CHECK_FAILED']);
  });

  test('or whose control nobody told of passes nothing, and what failed in it failed', () => {
    expect(against(controlled('missing'))).toEqual(['NOT_TESTED']);
    expect(against(controlled('missing', { sterility: 'fail' }))).toEqual([
      'CHECK_FAILED',
      'NOT_TESTED',
    ]);
  });
});

const CONTROL = { kind: 'conforms', code: 'control', class: 'quality', control: true } as const;

describe('too little', () => {
  /** Release tests as the process would have them where potency can be topped up. */
  const little = (topUp: 'sum' | 'later' | undefined) =>
    honest()
      .by((definition) => ({
        ...definition,
        steps: definition.steps.map((step) => ({
          ...step,
          checks: step.checks.map((check) =>
            check.kind === 'range' && check.code === 'potency' && topUp
              ? { ...check, topUp }
              : check,
          ),
        })),
      }))
      .judge('release-tests/1', { potency: 'fail' })
      .change('step', 'release-tests/1', {
        blockers: [{ kind: 'rejected', id: 'D1', code: 'RESULT_OUT_OF_LIMITS' }],
      });

  test('is set aside once a later attempt counts by itself, where the process says so', () => {
    expect(against(little('later'))).toContain('REJECTED');
    expect(against(little('later').with(retest()))).toEqual([]);
    expect(against(little('sum').with(retest()))).toEqual(['REJECTED']);
    expect(against(little(undefined).with(retest()))).toEqual(['REJECTED']);
  });

  test('is not topped up by an attempt before it, nor by one that failed', () => {
    const sooner = retest('release-tests/2', { at: BEFORE });
    expect(against(little('later').with(sooner))).toEqual(['REJECTED']);
    const verdicts = verdictsOf('release-tests', { potency: 'fail' });
    const again = retest('release-tests/2', { verdicts });
    expect(against(little('later').with(again))).toEqual(['REJECTED']);
    expect(NOW > BEFORE).toBe(true);
    const at = { at: NOW, time: NOW };
    expect(against(little('later').with(retest('release-tests/2', at)))).toEqual(['REJECTED']);
    const begun = lacking(retest(), 'report');
    expect(against(little('later').with(begun))).toEqual(['NOT_TESTED', 'REJECTED']);
  });

  test('is topped up by what the later attempt says of that check, all of it, and of no other', () => {
    const of = (others: Parameters<typeof verdictsOf>[1]) =>
      retest('release-tests/2', { verdicts: verdictsOf('release-tests', others) });
    expect(against(little('later').with(of({ endotoxin: 'fail' })))).toEqual(['CHECK_FAILED']);
    const without = verdictsOf('release-tests').filter(({ check }) => check !== 'potency');
    const silent = retest('release-tests/2', { verdicts: without });
    expect(against(little('later').with(silent))).toEqual(['NOT_TESTED', 'REJECTED']);
    const verdicts = [{ check: 'potency', verdict: 'fail' as const }];
    const repeated = [{ ...signed('manufacturer.tester'), lots: [], verdicts }];
    expect(against(little('later').with({ ...of({}), repeated }))).toEqual(['REJECTED']);
  });
});
