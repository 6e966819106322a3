import type { Cast } from './cast.js';
import { inTwoYears } from './chapters.js';
import { lot, serialised, serialOf } from './labels.js';
import { doStep, type Results, type StepWork } from './steps.js';
import { type Committed, send, type Submitter } from './submitter.js';
import type { TherapyJourney } from './therapy-journey.js';

const VECTOR = lot('VEC-1');

/** The photograph of a bag's label: of one patient's cells none are kept back. */
const LABEL_IMAGE = { sha256: 'c5'.repeat(32), bytes: 482_113, format: 'jpeg' };

/** What is made of one patient's cells, by the names that the labels bear. */
export interface Cells {
  /** of the leukapheresis, kept for the test of identity */
  readonly aliquot: string;
  readonly tCells: string;
  readonly transduced: string;
  readonly expanded: string;
  readonly bags: readonly [string, string];
  /** of the same harvest, for the release tests */
  readonly qc: string;
}

/** The cells of a therapy. */
export function cellsOf(journey: TherapyJourney): Cells {
  const serial = serialOf(journey);
  const cells = (name: string) => serialised('drug-substance', `${serial}-${name}`);
  const filled = (name: string) => serialised('vial', `${serial}-${name}`);
  return {
    aliquot: cells('ident'),
    tCells: cells('t'),
    transduced: cells('car'),
    expanded: cells('many'),
    bags: [filled('bag-1'), filled('bag-2')],
    qc: filled('qc'),
  };
}

/** The lot of vector that several cell therapies share. */
export function registerVector(submitter: Submitter, { operator }: Cast): Promise<Committed> {
  const body = { lot: VECTOR, kind: 'lentiviral-vector', expiry: inTwoYears() };
  return send(submitter, operator, { type: 'manufacturing:RegisterLot', body });
}

/** Something that is used up. */
const whole = (item: string) => [{ item, consumed: true }];

/** Things that remain. */
const part = (...items: readonly string[]) => items.map((item) => ({ item, consumed: false }));

/** Consent, order, slots, leukapheresis, courier, and an aliquot of what was collected; gives what was recorded. */
export async function collectCells(journey: TherapyJourney): Promise<readonly Committed[]> {
  const { cast, things } = journey;
  await journey.consent('TREATMENT_MANUFACTURE');
  await journey.order();
  const booking = { by: cast.coordinator };
  const booked = await doStep(journey, 'slot-booking', booking, { 'lead-times': true });
  const collected = await journey.collect(things.blood, 'leukapheresis', cast.collector, 'visit-1');
  await journey.ship([things.blood], cast.nurse, cast.operator, () => 5);
  const split = await journey.say(cast.operator, 'custody:DeriveItem', {
    operation: 'split',
    parents: part(things.blood),
    children: [{ item: cellsOf(journey).aliquot, kind: 'leukapheresis' }],
  });
  return [booked, collected, split];
}

/** The step that selects T cells of what arrived. */
export function selectionOf(journey: TherapyJourney): StepWork {
  return making(journey, journey.things.blood, cellsOf(journey).tCells, 't-cells');
}

/** From the incoming test to the batch record; gives what was recorded. */
export async function makeCells(journey: TherapyJourney): Promise<readonly Committed[]> {
  const { cast, things, batch } = journey;
  const { tCells, transduced, expanded, bags, qc } = cellsOf(journey);
  const outputs = [
    ...bags.map((item) => ({ item, kind: 'infusion-bag' })),
    { item: qc, kind: 'qc-vial' },
  ];
  const steps: readonly (readonly [string, StepWork, Results])[] = [
    [
      'incoming-test',
      { by: cast.operator, inputs: part(things.blood) },
      { 'incoming-viability': 96, 't-cells': 4200 },
    ],
    ['selection', selectionOf(journey), { 't-cell-purity': 94 }],
    [
      'transduction',
      making(journey, tCells, transduced, 'transduced-cells'),
      { 'transduction-efficiency': 38 },
    ],
    [
      'expansion',
      making(journey, transduced, expanded, 'expanded-cells'),
      { 'expanded-cells': 900 },
    ],
    [
      'harvest-freeze',
      { by: cast.operator, inputs: whole(expanded), outputs, lots: [VECTOR] },
      { 'harvest-viability': 91 },
    ],
  ];
  const said: Committed[] = [];
  for (const [step, work, results] of steps) said.push(await doStep(journey, step, work, results));
  const record = {
    ...{ batch, fill: { step: 'harvest-freeze', attempt: 1 }, expiry: inTwoYears(), vials: bags },
    reconciliation: { made: 3, sampled: 1, retained: 0, rejected: 0 },
    withoutReserve: 'all-for-the-patient',
  };
  const recorded = await journey.say(cast.operator, 'manufacturing:RecordBatch', record, {
    annexes: { image: LABEL_IMAGE },
  });
  return [...said, recorded];
}

/** A step by the operator that makes one thing of another, with the lots that it takes. */
function making({ cast }: TherapyJourney, from: string, to: string, kind: string): StepWork {
  const outputs = [{ item: to, kind }];
  return { by: cast.operator, inputs: whole(from), outputs, lots: [VECTOR] };
}

/** What each release test finds of cells as they should be. */
export const CELL_TESTS = {
  'identity-test': { 'str-concordance': 0.99 },
  'potency-test': { viability: 88, 'car-positive': 41, 'car-dose': 240 },
  'vector-copy-test': { 'vector-copies': 2.1 },
  'rcl-test': { 'replication-competent-lentivirus': true },
  'mycoplasma-test': { mycoplasma: true },
  'endotoxin-test': { endotoxin: 0.3 },
  'sterility-test': { sterility: true },
} as const satisfies Readonly<Record<string, Results>>;

/** One release test of the cells. */
export function testCells(
  journey: TherapyJourney,
  test: keyof typeof CELL_TESTS,
  results: Results = CELL_TESTS[test],
): Promise<Committed> {
  const { aliquot, qc } = cellsOf(journey);
  const inputs = test === 'identity-test' ? part(qc, aliquot) : part(qc);
  const work = { by: journey.cast.tester, inputs, batch: journey.batch };
  return doStep(journey, test, work, results);
}

/** The patient is prepared for the cells, which are there. */
export function depleteLymphocytes(journey: TherapyJourney): Promise<Committed> {
  const { cast, batch } = journey;
  const work = { by: cast.clinician, inputs: part(cellsOf(journey).bags[1]), batch };
  return doStep(journey, 'lymphodepletion', work, { 'fit-for-conditioning': true });
}

/** The first bag is thawed at the ward, and is the dose. */
export function thaw(journey: TherapyJourney): Promise<Committed> {
  const { cast, things } = journey;
  return journey.say(cast.pharmacist, 'custody:DeriveItem', {
    operation: 'prepare',
    parents: whole(cellsOf(journey).bags[0]),
    children: [{ item: things.dose, kind: 'dose' }],
  });
}

/** The thaw cannot be undone, and first asks the gate of the dose. */
export function askToThaw(journey: TherapyJourney, attempt = 1): Promise<Committed> {
  const { cast, batch } = journey;
  return journey.say(cast.pharmacist, 'manufacturing:StartStep', {
    step: 'preparation',
    attempt,
    inputs: [cellsOf(journey).bags[0]],
    datasets: [],
    batch,
  });
}
