import { attestedBy } from '../../../definition.js';
import { type Act, type Body, reportType, type Spoken } from '../../spoken.js';
import type { Draw } from '../fault.js';
import { badResult } from '../../honest/results.js';
import { resultsOf } from '../contradict.js';
import * as words from '../words.js';
import { failing } from './failing.js';
import { type Aim, before, both, type Gate, instead, planned } from './aim.js';

/** The run of the plan, whose owner it is, and another one. */
export const RUN = 'run-1';
export const OWNER = 'lab.lab-technician';
export const OTHER_RUN = 'run-9';

/** Who does not own it. */
const STRANGERS = ['manufacturer.reviewer', 'manufacturer.operator', 'clinic.operator'];

const GATES: readonly Gate[] = ['design', 'review', 'certification', 'dose', 'second dose'];

export const REASONS = ['controls-failed', 'sample-sheet-mixed', 'index-hopping'] as const;
type Reason = (typeof REASONS)[number];

/** Where the plan reports the step that is done in a shared run; -1 in a process that has none. */
export function sequenced(draw: Draw): number {
  const step = attestedBy(draw.definition, reportType).find(({ sharedRun }) => sharedRun);
  return step ? planned(draw, reportType, { step: step.id }) : -1;
}

export function foundBy(
  { random }: Pick<Draw, 'random'>,
  by: string,
  reason: Reason,
  run = RUN,
): Spoken {
  const rate = reason === 'index-hopping' ? random.of([3, 12]) : undefined;
  return words.runFailure(by, run, reason, rate);
}

/** Something is found of the run after the attempt, before a gate. */
const found =
  (reason: Reason): Aim =>
  (draw) => {
    if (sequenced(draw) === -1) return undefined;
    const { random } = draw;
    return before(
      draw,
      GATES,
      `${reason} in the run`,
      [foundBy(draw, OWNER, reason)],
      random.of(['never', 'before each gate']),
    );
  };

/**
 * The step is done twice, in two runs: with too little, without controls, or well at first. What is found is found of one of
 * both, before the second attempt, after it or at a gate.
 */
const doneTwice =
  (...reasons: readonly Reason[]): Aim =>
  (draw) => {
    const { random, plan, definition } = draw;
    const place = sequenced(draw);
    const report = plan[place];
    if (!report) return undefined;
    const step = report.body['step'] ?? null;
    const start = plan.find(
      ({ type, body }) => type === 'manufacturing:StartStep' && body['step'] === step,
    );
    const reason = random.of(reasons);
    const of = random.of([RUN, RUN, RUN, OTHER_RUN]);
    const first = firstPart(draw, report, step, definition.steps);
    const second: Spoken = { ...report, body: { ...report.body, attempt: 2, run: OTHER_RUN } };
    const asked = start ? [{ ...start, body: { ...start.body, attempt: 2 } }] : [];
    const told = foundBy(draw, OWNER, reason, of);
    const when = random.of(['before', 'after', 'after', 'at the gate', 'never']);
    const acts: readonly Act[] = [
      first,
      words.registerRun(OWNER, OTHER_RUN),
      ...(when === 'before' ? [told] : []),
      ...asked,
      second,
      ...(when === 'after' ? [told] : []),
    ];
    const gate = random.of<Gate>(['design', 'design', 'review', 'dose']);
    const diligence = random.of(['never', 'before each gate'] as const);
    const twice = instead(
      draw,
      gate,
      place,
      `done twice, ${reason} found of ${of} ${when}`,
      () => acts,
      diligence,
    );
    if (when !== 'at the gate') return twice;
    return both(twice, before(draw, gate, `${reason} found of ${of}`, [told]));
  };

/** The first attempt: of the same things, which gave nothing and left them. */
function firstPart(
  { random }: Draw,
  report: Spoken,
  step: unknown,
  steps: Draw['definition']['steps'],
): Spoken {
  const inputs = (report.body['inputs'] as readonly Body[]).map((each) => ({
    ...each,
    consumed: false,
  }));
  const part: Spoken = {
    ...report,
    annexes: { results: { results: resultsOf(report.annexes) } },
    body: { ...report.body, inputs, outputs: [], datasets: [] },
  };
  if (random.chance(0.25)) return part;
  const checks = steps.find(({ id }) => id === step)?.checks ?? [];
  const check = random.of(checks);
  const value = badResult(check);
  return value === undefined ? part : failing(part, check.code, value);
}

/** Index hopping that quality has settled, and what is found then. */
const settledOnce: Aim = (draw) => {
  if (sequenced(draw) === -1) return undefined;
  const { random } = draw;
  const [first = 0, then = 0] = random.of([
    [3, 12],
    [12, 3],
    [3, 3],
  ]);
  return before(draw, GATES, `index hopping at ${first}, settled, then at ${then}`, [
    words.runFailure(OWNER, RUN, 'index-hopping', first),
    { type: 'settle' },
    words.runFailure(random.of([OWNER, 'lab.all']), RUN, 'index-hopping', then),
  ]);
};

/** Who signs that what was found of the run was a mistake. */
export const SIGNERS = [
  [OWNER, 'lab.all'],
  [OWNER, 'lab.all'],
  [OWNER],
  ['manufacturer.reviewer', 'manufacturer.release-person'],
  [OWNER, 'manufacturer.reviewer', 'manufacturer.release-person'],
];

const annulled: Aim = (draw) => {
  if (sequenced(draw) === -1) return undefined;
  const { random } = draw;
  const failure = foundBy(draw, OWNER, random.of(REASONS));
  const by = random.of(SIGNERS);
  const settled = random.chance(0.3) ? [{ type: 'settle' } as const] : [];
  const again = random.chance(0.2) ? [failure] : [];
  const wrong = words.annul(failure, random.of(['never-happened', 'wrong-identifier']), by);
  return before(
    draw,
    GATES,
    `found of the run, and annulled by ${by.join(', ')}`,
    [failure, ...settled, wrong, ...again],
    random.of(['never', 'before each gate', 'before each gate']),
  );
};

/** What a stranger says of the run, which its owner dismisses or not. */
const alarmed: Aim = (draw) => {
  if (sequenced(draw) === -1) return undefined;
  const { random } = draw;
  const by = random.of(STRANGERS);
  const reason = random.of(REASONS);
  const dismissed = random.chance(0.3)
    ? [words.word('quality:DismissAlarms', OWNER, { run: RUN, actor: by })]
    : [];
  const alarm = foundBy(draw, by, reason);
  return before(draw, GATES, `${reason} by ${by}`, [alarm, ...dismissed]);
};

/**
 * An attempt is told twice, in two runs: what either report says was done in a run that something is found of counts, and
 * each report's results as its own run has them.
 */
const toldTwice: Aim = (draw) => {
  const { random, plan, definition } = draw;
  const place = sequenced(draw);
  const report = plan[place];
  if (!report) return undefined;
  const again: Spoken = {
    ...(random.chance(0.6) ? report : badly(draw, report, definition.steps)),
    body: { ...report.body, run: OTHER_RUN },
  };
  const [first, second] = random.chance(0.5) ? [report, again] : [again, report];
  const of = random.of([RUN, OTHER_RUN, OTHER_RUN]);
  const reason = random.of(REASONS);
  return instead(
    draw,
    random.of<Gate>(['design', 'review', 'dose']),
    place,
    `told twice, ${reason} found of ${of}`,
    () => [
      words.registerRun(OWNER, OTHER_RUN),
      first,
      second,
      { type: 'settle' },
      foundBy(draw, random.chance(0.8) ? OWNER : 'manufacturer.operator', reason, of),
    ],
    random.of(['never', 'before each gate', 'before each gate']),
  );
};

/** What failed in a run whose controls had failed is permitted as no result; these had held, and it is one again. */
const inVain: Aim = (draw) => {
  const { random, plan, definition } = draw;
  const place = sequenced(draw);
  const report = plan[place];
  if (!report) return undefined;
  const failure = foundBy(draw, OWNER, 'controls-failed');
  return instead(
    draw,
    random.of<Gate>(['design', 'design', 'review', 'dose']),
    place,
    'what failed is no result, and one again',
    () => [
      badly(draw, report, definition.steps),
      failure,
      { type: 'settle', ...(random.chance(0.7) ? { uninvestigated: true } : {}) },
      words.annul(failure, 'never-happened', [OWNER, 'lab.all']),
      ...(random.chance(0.5) ? [{ type: 'settle', uninvestigated: true } as const] : []),
    ],
    random.of(['never', 'never', 'before each gate']),
  );
};

/** The report with one result out of its limits, of a check of quality. */
export function badly(
  { random }: Draw,
  report: Spoken,
  steps: Draw['definition']['steps'],
): Spoken {
  const checks = steps.find(({ id }) => id === report.body['step'])?.checks ?? [];
  const check = random.of(checks.filter((each) => each.class === 'quality'));
  const value = badResult(check);
  return value === undefined ? report : failing(report, check.code, value);
}

/** Faults in a run that several therapies share, by the clause that they are made for. */
export const RUNS: Readonly<Record<string, readonly Aim[]>> = {
  A4: [found('index-hopping'), settledOnce, inVain],
  B2: [alarmed],
  C1: [
    found('controls-failed'),
    doneTwice('controls-failed', 'controls-failed', 'index-hopping'),
    toldTwice,
  ],
  C2: [found('sample-sheet-mixed'), doneTwice('sample-sheet-mixed'), toldTwice, inVain],
  G3: [annulled],
};
