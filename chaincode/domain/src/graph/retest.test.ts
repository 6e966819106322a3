import { describe, expect, test } from '@jest/globals';
import { signed } from '../example.fixture.js';
import {
  conclusionOf,
  failed,
  investigation,
  LATER,
  retest,
  TESTER,
} from '../gates/retest.fixture.js';
import type { Investigation } from '../nouns/investigation.js';
import type { StepAttempt, StepReport } from '../nouns/step.js';
import { done, HOLD, lacking, own, THINGS, verdictsOf } from './honest-therapy.fixture.js';
import { nameOfAttempt } from './links.js';
import { investigationOf, isOvertaken, reasonsOfRetest, retestsOf } from './retest.js';

const CONTROL = { kind: 'conforms', code: 'control', class: 'quality', control: true } as const;

describe('an investigation', () => {
  const phases = investigation().phases.map((each) => ({ ...each, time: LATER }));

  test('is the latest into that check of that attempt, in whatever order they are listed', () => {
    const later = investigation({}, { id: 'INV-2', phases });
    const others = [
      investigation({}, { id: 'INV-3', phases, attempt: 2 }),
      investigation({}, { id: 'INV-4', phases, step: 'calling' }),
      investigation({}, { id: 'INV-5', phases, check: 'potency' }),
      investigation({}, { id: 'INV-6', phases, annulled: signed(TESTER) }),
    ];
    const of = (...some: readonly Investigation[]) =>
      investigationOf(
        failed()
          .with(...some)
          .whole(),
        { step: 'release-tests', attempt: 1 },
        'sterility',
      )?.id;
    expect([of(later, investigation()), of(investigation(), later)]).toEqual(['INV-2', 'INV-2']);
    expect([of(investigation(), ...others), of(...others)]).toEqual(['INV-1', undefined]);
  });

  test('says nothing of what was reported of its check after it was first signed', () => {
    const controlled = failed().by((definition) => ({
      ...definition,
      steps: definition.steps.map((step) =>
        step.id === 'release-tests' ? { ...step, checks: [...step.checks, CONTROL] } : step,
      ),
    }));
    const told = (verdicts: StepReport['verdicts'], conclusion = conclusionOf('laboratory', 2)) => {
      const again = { ...signed(TESTER), verdicts, lots: [], at: LATER, time: LATER };
      const step = { ...controlled.find('step', 'release-tests/1'), repeated: [again] };
      return isOvertaken(controlled.whole(), step, investigation({}, { conclusion }));
    };
    const [sterile, control] = [
      { check: 'sterility', verdict: 'pass' },
      { check: 'control', verdict: 'pass' },
    ] as const;
    expect(told([{ ...sterile, verdict: 'fail' }, control])).toBe(true);
    expect(told([sterile, { ...control, verdict: 'fail' }])).toBe(true);
    expect(told([sterile, control, { check: 'potency', verdict: 'fail' }])).toBe(false);
    const half = { ...conclusionOf('laboratory', 2), signatures: [] };
    expect(told([{ ...sterile, verdict: 'fail' }, control], half)).toBe(false);
    const { report: first } = controlled.find('step', 'release-tests/1');
    if (!first) throw new Error('nothing was reported');
    const late = controlled.report('release-tests/1', { time: LATER });
    expect(isOvertaken(late.whole(), late.find('step', 'release-tests/1'), investigation())).toBe(
      true,
    );
  });

  const names = (of: Investigation, ...attempts: readonly StepAttempt[]) =>
    retestsOf(
      failed()
        .with(...attempts)
        .whole(),
      of,
    ).map(nameOfAttempt);

  test('has for retests what was done as it planned, held or not, and nothing else', () => {
    expect(names(investigation(), retest(), retest('release-tests/3', {}, 'x'))).toEqual([
      'release-tests/2',
    ]);
    expect(names(investigation(), { ...retest(), ...HOLD })).toEqual(['release-tests/2']);
    expect(names(investigation(), retest('release-tests/2', { inputs: [] }))).toEqual([]);
    const { template } = THINGS;
    const other = retest('release-tests/2', { inputs: [own(template)] });
    expect(names(investigation({ items: [template] }), other)).toEqual([]);
  });

  test('has for retests those on the data that it planned, and on no other data beside', () => {
    const plan = investigation(
      { items: [], datasets: ['tumour-fastq'] },
      { step: 'calling', check: 'concordance' },
    );
    const on = (...inputDatasets: readonly string[]) =>
      done('calling/2', TESTER, {
        ...{ inputDatasets: [...inputDatasets], at: LATER, time: LATER },
      });
    expect(names(plan, on('tumour-fastq'))).toEqual(['calling/2']);
    expect(names(plan, on('tumour-fastq', 'normal-fastq'))).toEqual([]);
  });

  test('tells of each retest why it does not stand for what failed', () => {
    const plan = investigation({ number: 2 }, { conclusion: conclusionOf('laboratory', 2, 3) });
    const reasons = (second: StepAttempt) => {
      const story = failed().with(retest(), second, plan);
      return reasonsOfRetest(story.whole(), plan, [retest(), second]);
    };
    const of = (rest: Partial<StepReport>, by = TESTER) => retest('release-tests/3', rest, by);
    const subject = 'step release-tests/3';
    expect(reasons(of({}, 'x'))).toMatchObject([
      { code: 'RETEST_NOT_AS_PLANNED', subject, found: 'by x' },
    ]);
    expect(reasons(lacking(of({}), 'report'))).toMatchObject([{ subject, found: 'not reported' }]);
    const verdicts = verdictsOf('release-tests', { sterility: 'fail' });
    const repeated = [{ ...signed(TESTER), verdicts, lots: [] }];
    expect(reasons({ ...of({}), repeated })).toMatchObject([
      { code: 'RETEST_NOT_PASSED', subject, found: 'fail' },
    ]);
    const others = { verdicts: verdictsOf('release-tests', { potency: 'fail' }) };
    expect(reasons(of(others))).toEqual([]);
  });
});
