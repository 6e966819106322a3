import { COI, NOW, signed } from '../example.fixture.js';
import { done, honest, own, type Story, THINGS } from '../graph/honest-therapy.fixture.js';
import type { Investigation, RetestPlan } from '../nouns/investigation.js';
import type { StepReport } from '../nouns/step.js';
import { addMinutes } from '../values/time.js';

export const TESTER = 'manufacturer.tester';
/** An hour before the retest is planned, and an hour after. */
export const [BEFORE, LATER] = [addMinutes(NOW, -60), addMinutes(NOW, 60)];

const PLAN: RetestPlan = {
  items: [THINGS.retainedVial],
  datasets: [],
  number: 1,
  analyst: TESTER,
};

/** What quality signed, and what is missing, of an investigation that names these attempts. */
export function conclusionOf(
  cause: 'laboratory' | 'process' | 'none',
  ...retests: readonly number[]
): NonNullable<Investigation['conclusion']> {
  const by = signed('manufacturer.reviewer');
  return {
    cause,
    signatures: [{ ...by, organisation: 'LabMSP', roles: ['quality'] }],
    missing: [],
    retests: retests.map((attempt) => ({ step: 'release-tests', attempt })),
    concluded: by,
  };
}

/** Concluded with a cause in the laboratory, by the one retest of the retained vial that it planned. */
export function investigation(
  plan: Partial<RetestPlan> = {},
  rest: Partial<Investigation> = {},
): Investigation {
  const retest = { ...PLAN, ...plan };
  return {
    noun: 'investigation',
    coi: COI,
    id: 'INV-1',
    step: 'release-tests',
    attempt: 1,
    check: 'sterility',
    phases: [{ ...signed('manufacturer.reviewer'), phase: 'laboratory', retest }],
    conclusion: conclusionOf('laboratory', 2),
    ...rest,
  };
}

/** The retest of the retained vial, an hour after its plan. */
export function retest(name = 'release-tests/2', rest: Partial<StepReport> = {}, by = TESTER) {
  const on = { inputs: [own(THINGS.retainedVial)], at: LATER, time: LATER };
  return done(name, by, { ...on, ...rest });
}

/** The honest therapy, in whose release tests a check failed first. */
export function failed(check = 'sterility'): Story {
  return honest().judge('release-tests/1', { [check]: 'fail' });
}
