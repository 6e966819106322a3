import type { Act, Body, Spoken } from '../../spoken.js';
import * as words from '../words.js';
import { type Aim, before, both, type Gate, instead } from './aim.js';
import { badly, foundBy, OTHER_RUN, OWNER, RUN, sequenced, SIGNERS } from './runs.js';

/** Who confirms, after the owner's first, that the controls failed: some of them by the same person, or with no results. */
const CONFIRMING = [
  ['lab.all'],
  ['lab.all'],
  [],
  [OWNER],
  ['manufacturer.reviewer'],
  ['clinic.lab'],
  ['lab.double'],
  [OWNER, 'lab.all'],
  ['lab.all', 'lab.double'],
  ['lab.double-again'],
  ['lab.double', 'lab.double-again'],
];

/** A check failed in the run, whose controls failed as one says; others confirm it, and that is annulled or not. */
const confirmed: Aim = (draw) => {
  const { random, plan, definition } = draw;
  const place = sequenced(draw);
  const report = plan[place];
  if (!report) return undefined;
  const first = random.of([OWNER, OWNER, OWNER, 'lab.double', 'manufacturer.reviewer']);
  const failure = foundBy(draw, first, random.chance(0.9) ? 'controls-failed' : 'index-hopping');
  const by = random.of(CONFIRMING);
  const results = random.chance(0.9);
  const confirmations = by.map((each) => words.confirmRun(each, RUN, results));
  const [last] = confirmations.slice(-1);
  const annulled =
    last && random.chance(0.3) ? [words.annul(last, 'never-happened', random.of(SIGNERS))] : [];
  const again = random.chance(0.2) ? [words.confirmRun('lab.all', RUN)] : [];
  const told = [...(random.chance(0.9) ? [failure] : []), ...confirmations, ...annulled, ...again];
  const part = random.chance(0.7) ? badly(draw, report, definition.steps) : report;
  const inputs = (report.body['inputs'] as readonly Body[]).map((each) => ({
    ...each,
    consumed: false,
  }));
  const nothing: Spoken = { ...part, body: { ...part.body, inputs, outputs: [], datasets: [] } };
  const start = plan.find(
    ({ type, body }) => type === 'manufacturing:StartStep' && body['step'] === report.body['step'],
  );
  const anew: readonly Act[] = [
    words.registerRun(OWNER, OTHER_RUN),
    ...(start ? [{ ...start, body: { ...start.body, attempt: 2 } }] : []),
    { ...report, body: { ...report.body, attempt: 2, run: OTHER_RUN } },
  ];
  const when = random.of(['before', 'between', 'after', 'at the gate'] as const);
  const twice = random.chance(0.85);
  const acts: readonly Act[] = [
    ...(when === 'before' ? told : []),
    ...(twice ? [nothing] : [part]),
    ...(when === 'between' ? told : []),
    ...(twice ? anew : []),
    ...(when === 'after' ? told : []),
  ];
  const gate = random.of<Gate>(['design', 'design', 'review', 'dose']);
  const said = `a check failed, found by ${first}, confirmed by ${by.join(', ')} ${when}`;
  const diligence = random.of(['never', 'before each gate', 'before each gate'] as const);
  const fault = instead(draw, gate, place, said, () => acts, diligence);
  return when === 'at the gate' ? both(fault, before(draw, gate, said, told)) : fault;
};

/** Faults in who says that the controls of a run failed, by the clause that they are made for. */
export const CONFIRMED: Readonly<Record<string, readonly Aim[]>> = {
  C1: [confirmed, confirmed],
  C2: [confirmed],
  G3: [confirmed],
};
