import { reportType, type Spoken } from '../../spoken.js';
import type { Draw } from '../fault.js';
import * as words from '../words.js';
import { type Aim, before, both, instead } from './aim.js';
import { foundBy, OTHER_RUN, OWNER, REASONS, sequenced } from './runs.js';

/** A lot that nobody has registered yet. */
const NEW_LOT = 'https://id.gs1.org/01/04012345000092/10/NEW-1';

const annulled = (draw: Draw, record: Spoken, by: readonly string[]) =>
  draw.random.chance(0.25) ? [words.annul(record, 'never-happened', by)] : [];

/** What is found of a run before anybody registered it counts from then on, if it was its owner's word. */
const foundEarly: Aim = (draw) => {
  const { random } = draw;
  const place = sequenced(draw);
  if (place === -1) return undefined;
  const by = random.of([OWNER, OWNER, 'lab.all', 'manufacturer.operator']);
  const owner = random.of([OWNER, OWNER, 'manufacturer.operator']);
  const reason = random.of(REASONS);
  const failure = foundBy(draw, by, reason, OTHER_RUN);
  const more = random.chance(0.3) ? [foundBy(draw, by, random.of(REASONS), OTHER_RUN)] : [];
  return instead(
    draw,
    ['design', 'review', 'dose'],
    place,
    `${reason} by ${by}, before ${owner} registers it`,
    (spoken) => [
      failure,
      ...more,
      ...annulled(draw, failure, [by, by === OWNER ? 'lab.all' : OWNER]),
      words.registerRun(owner, OTHER_RUN),
      { ...spoken, body: { ...spoken.body, run: OTHER_RUN } },
    ],
    random.of(['never', 'before each gate']),
  );
};

/** A lot is recalled before anybody registered it: it is from then on, if it was its owner's word. */
const recalledEarly: Aim = (draw) => {
  const { random, plan, stage } = draw;
  const using = [...plan.entries()].filter(
    ([, { type, body }]) => type === reportType && lotsIn(body['lots']).length > 0,
  );
  if (using.length === 0) return undefined;
  const [place, report] = random.of(using);
  const [lot] = lotsIn(report.body['lots']);
  const registered = stage.before.find(
    ({ type, body }) => type === 'manufacturing:RegisterLot' && body['lot'] === lot,
  );
  if (!registered) return undefined;
  const by = random.of(['manufacturer.reviewer', 'manufacturer.safety-officer', 'lab.all']);
  const owner = random.of([registered.by, 'manufacturer.reviewer', 'lab.all']);
  const recall = words.recallLot(by, NEW_LOT, random.of(['sterility', 'identity']));
  const body = { ...registered.body, lot: NEW_LOT };
  return instead(
    draw,
    ['design', 'review', 'certification', 'dose'],
    place,
    `a lot recalled by ${by}, before ${owner} registers it`,
    (spoken) => [
      recall,
      ...annulled(draw, recall, ['manufacturer.reviewer', 'manufacturer.release-person']),
      ...(random.chance(0.8) ? [{ ...registered, by: owner, body }] : []),
      { ...spoken, body: { ...spoken.body, lots: [NEW_LOT] } },
    ],
    random.of(['never', 'before each gate']),
  );
};

/** What was found of a run that nobody has registered is told of the first dose once somebody does, before the second. */
const registeredLate: Aim = (draw) => {
  const { random } = draw;
  const place = sequenced(draw);
  if (place === -1) return undefined;
  const by = random.of([OWNER, OWNER, 'manufacturer.operator']);
  const failure = foundBy(draw, by, random.of(['controls-failed', 'index-hopping']), OTHER_RUN);
  const late = words.registerRun(random.of([OWNER, OWNER, 'manufacturer.operator']), OTHER_RUN);
  return both(
    before(draw, 'second dose', `${by} had found something of a run`, [late], 'before each gate'),
    both(
      instead(draw, 'dose', place, 'in a run that nobody registered', (spoken) => [
        { ...spoken, body: { ...spoken.body, run: OTHER_RUN } },
      ]),
      before(draw, 'dose', `${by} finds something of it`, [failure]),
    ),
  );
};

function lotsIn(lots: unknown): readonly string[] {
  return Array.isArray(lots) ? lots.filter((each) => typeof each === 'string') : [];
}

/** Faults in what is said of what nobody has registered yet, by the clause that they are made for. */
export const EARLY: Readonly<Record<string, readonly Aim[]>> = {
  B1: [foundEarly, recalledEarly],
  B2: [recalledEarly],
  D2: [recalledEarly],
  C3: [registeredLate],
};
