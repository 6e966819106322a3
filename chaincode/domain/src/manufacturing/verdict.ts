import type { Finding, Results } from '../commands/decision.js';
import { failedControlsOf } from '../graph/results.js';
import { anewFrom, type Check } from '../nouns/check.js';
import type { Verdict } from '../nouns/reason.js';
import type { DeviationCode } from '../values/deviation-codes.js';
import type { CheckClass } from '../values/words.js';

type Value = number | boolean;

interface Limits {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/**
 * Holds results against the checks of a step, limits included; of a check's several results each must pass. Where the annex is not at hand, the verdicts
 * that the endorsers gave stand in for it: one for each check, except where the ledger itself has the answer.
 * @param commitmentConfirmed whether the reported sequence has the design's commitment
 */
export function judgeResults(
  checks: readonly Check[],
  results: Results,
  commitmentConfirmed: boolean,
): readonly Verdict[] {
  if (results.from === 'endorsement') {
    return judgeEndorsed(checks, results.verdicts, commitmentConfirmed);
  }
  const values = new Map<string, Value[]>();
  for (const { check, value } of results.content.results) {
    values.set(check, [...(values.get(check) ?? []), value]);
  }
  const expected = new Set(checks.flatMap(resultCodesOf));
  const judged = checks.map((check) => judge(check, values, commitmentConfirmed));
  const unexpected = [...values.keys()]
    .filter((name) => !expected.has(name))
    .map((name) => ({ check: name, verdict: 'unexpected' as const }));
  return [...judged, ...unexpected];
}

const CODES: Readonly<
  Record<Exclude<CheckClass, 'information'>, Readonly<Record<'fail' | 'missing', DeviationCode>>>
> = {
  identity: { fail: 'IDENTITY_CHECK_FAILED', missing: 'IDENTITY_CHECK_MISSING' },
  safety: { fail: 'SAFETY_CHECK_FAILED', missing: 'SAFETY_CHECK_MISSING' },
  quality: { fail: 'RESULT_OUT_OF_LIMITS', missing: 'RESULT_MISSING' },
};

/**
 * What deviates by verdicts on a step's checks, by the class of each (C2); what only informs does not. A failed check of
 * identity says what leads on. Of a run whose own control failed that is all, because its other checks have no result (C1).
 */
export function findingsOf(
  checks: readonly Check[],
  verdicts: readonly Verdict[],
): readonly Finding[] {
  const controls = failedControlsOf(checks, verdicts);
  return verdicts.flatMap(({ check, verdict }): readonly Finding[] => {
    if (verdict === 'pass') return [];
    if (controls.includes(check))
      return [{ code: 'CONTROL_FAILED', classification: 'major', found: check }];
    if (controls.length > 0 && verdict !== 'unexpected') return [];
    if (verdict === 'unexpected')
      return [{ code: 'RESULT_UNEXPECTED', classification: 'major', found: check }];
    const { class: about = 'quality', leadsOn } = checks.find(({ code }) => code === check) ?? {};
    if (about === 'information') return [];
    const classification = about === 'quality' ? 'major' : 'critical';
    const ways = verdict === 'fail' && leadsOn ? { expected: anewFrom(leadsOn) } : {};
    return [{ code: CODES[about][verdict], classification, ...ways, found: check }];
  });
}

function judgeEndorsed(
  checks: readonly Check[],
  endorsed: readonly Verdict[],
  commitmentConfirmed: boolean,
): readonly Verdict[] {
  const judged = checks.map((check, index): Verdict => {
    if (check.kind === 'design-commitment') return judge(check, new Map(), commitmentConfirmed);
    const given = endorsed[index];
    if (given?.check !== check.code || given.verdict === 'unexpected') {
      return { check: check.code, verdict: 'missing' };
    }
    return given;
  });
  const others = endorsed.slice(checks.length).filter(({ verdict }) => verdict === 'unexpected');
  return [...judged, ...others];
}

function resultCodesOf(check: Check): readonly string[] {
  if (check.kind === 'any-of') return check.ranges.map((range) => range.code);
  return check.kind === 'design-commitment' ? [] : [check.code];
}

function judge(
  check: Check,
  values: ReadonlyMap<string, readonly Value[]>,
  commitmentConfirmed: boolean,
): Verdict {
  switch (check.kind) {
    case 'design-commitment':
      return { check: check.code, verdict: commitmentConfirmed ? 'pass' : 'fail' };
    case 'conforms':
      return verdictOf(check.code, values.get(check.code), (value) => value === true);
    case 'range':
      return verdictOf(check.code, values.get(check.code), (value) => isWithin(value, check));
    case 'any-of': {
      const given = check.ranges.filter((range) => values.has(range.code));
      const passed = given.some((range) =>
        (values.get(range.code) ?? []).every((value) => isWithin(value, range)),
      );
      return {
        check: check.code,
        verdict: given.length === 0 ? 'missing' : passed ? 'pass' : 'fail',
      };
    }
  }
}

function verdictOf(
  check: string,
  values: readonly Value[] | undefined,
  passes: (value: Value) => boolean,
): Verdict {
  if (values === undefined) return { check, verdict: 'missing' };
  return { check, verdict: values.every(passes) ? 'pass' : 'fail' };
}

function isWithin(value: Value, limits: Limits): boolean {
  return (
    typeof value === 'number' &&
    value >= (limits.min ?? -Infinity) &&
    value <= (limits.max ?? Infinity)
  );
}
