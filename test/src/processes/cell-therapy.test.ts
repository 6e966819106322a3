import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  administer,
  authorise,
  bedside,
  type Committed,
  doStep,
  followUp,
  inTwoYears,
  lot,
  type Results,
  send,
  serialised,
  startStep,
  type StepWork,
  type TherapyJourney,
} from '#scripts';
import { embeddedBench } from '../support/embedded.js';
import { expectClean, expectPermitted, expectRefused } from '../support/refusals.js';
import { World } from '../support/world.js';

const VECTOR = lot('VEC-1');
const TESTS: Readonly<Record<string, Results>> = {
  'identity-test': { 'str-concordance': 0.99 },
  'potency-test': { viability: 88, 'car-positive': 41, 'car-dose': 240 },
  'vector-copy-test': { 'vector-copies': 2.1 },
  'rcl-test': { 'replication-competent-lentivirus': true },
  'mycoplasma-test': { mycoplasma: true },
  'endotoxin-test': { endotoxin: 0.3 },
};

let world: World;
let journey: TherapyJourney;
beforeAll(async () => {
  world = await World.open(await embeddedBench());
  journey = await world.newPatient('cart-autologous');
  const body = { lot: VECTOR, kind: 'lentiviral-vector', expiry: inTwoYears() };
  await send(world.bench.submitter, world.cast.operator, {
    type: 'manufacturing:RegisterLot',
    body,
  });
});
afterAll(() => world.bench.close());

const cells = (name: string) => serialised('drug-substance', `cells-${name}`);
const [aliquot, tCells, transduced, expanded] = ['aliquot', 't', 'car', 'many'].map(cells) as [
  string,
  string,
  string,
  string,
];
const bags = ['bag-1', 'bag-2'].map((each) => serialised('vial', `cells-${each}`));
const qc = serialised('vial', 'cells-qc');
const whole = (item: string) => [{ item, consumed: true }];
const part = (...items: readonly string[]) => items.map((item) => ({ item, consumed: false }));

/** A step by the operator that makes one thing of another, with the lots that it takes. */
function making(from: string, to: string, kind: string): StepWork {
  const outputs = [{ item: to, kind }];
  return { by: journey.cast.operator, inputs: whole(from), outputs, lots: [VECTOR] };
}

async function tested(name: string, results: Results): Promise<Committed> {
  const inputs = name === 'identity-test' ? part(qc, aliquot) : part(qc);
  const work = { by: journey.cast.tester, inputs, batch: journey.batch };
  return doStep(journey, name, work, results);
}

describe('a cell therapy without a design', () => {
  test('begins with the patient’s own cells, under one chain of identity', async () => {
    const { cast, things } = journey;
    await journey.consent('TREATMENT_MANUFACTURE');
    expectPermitted(await journey.order());
    expectClean(
      await doStep(journey, 'slot-booking', { by: cast.coordinator }, { 'lead-times': true }),
    );
    expectClean(await journey.collect(things.blood, 'leukapheresis', cast.collector, 'visit-1'));
    await journey.ship([things.blood], cast.nurse, cast.operator, () => 5);
    expectClean(
      await journey.say(cast.operator, 'custody:DeriveItem', {
        operation: 'split',
        parents: part(things.blood),
        children: [{ item: aliquot, kind: 'leukapheresis' }],
      }),
    );
  });

  test('is made of them, step by step, and of a vector', async () => {
    const { cast, things, batch } = journey;
    const arrived = { by: cast.operator, inputs: part(things.blood) };
    const selection = making(things.blood, tCells, 't-cells');
    expectRefused(await startStep(journey, 'selection', selection), 'STEP_NOT_DONE');
    const results = { 'incoming-viability': 96, 't-cells': 4200 };
    expectClean(await doStep(journey, 'incoming-test', arrived, results));
    expectClean(await doStep(journey, 'selection', selection, { 't-cell-purity': 94 }));
    const transduction = making(tCells, transduced, 'transduced-cells');
    const efficiency = { 'transduction-efficiency': 38 };
    expectClean(await doStep(journey, 'transduction', transduction, efficiency));
    const expansion = making(transduced, expanded, 'expanded-cells');
    expectClean(await doStep(journey, 'expansion', expansion, { 'expanded-cells': 900 }));
    const outputs = [
      ...bags.map((item) => ({ item, kind: 'infusion-bag' })),
      { item: qc, kind: 'qc-vial' },
    ];
    const harvest = { ...making(expanded, '', ''), outputs };
    expectClean(await doStep(journey, 'harvest-freeze', harvest, { 'harvest-viability': 91 }));
    expectClean(
      await journey.say(cast.operator, 'manufacturing:RecordBatch', {
        batch,
        fill: { step: 'harvest-freeze', attempt: 1 },
        expiry: inTwoYears(),
        vials: bags,
        reconciliation: { made: 3, sampled: 1, retained: 0, rejected: 0 },
      }),
    );
  });

  test('is certified after every one of its release tests, and not before', async () => {
    const { cast, batch } = journey;
    for (const [name, results] of Object.entries(TESTS)) expectClean(await tested(name, results));
    expectRefused(
      await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }),
      'NOT_TESTED',
    );
    expectClean(await tested('sterility-test', { sterility: true }));
    expectPermitted(await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }));
  });

  test('begins the lymphodepletion only when it is certified and has arrived', async () => {
    const { cast, batch } = journey;
    const work = { by: cast.clinician, inputs: part(...bags), batch };
    expectRefused(await startStep(journey, 'lymphodepletion', work), 'BATCH_NOT_RELEASED');
    expectPermitted(await journey.say(cast.releasePerson, 'manufacturing:CertifyBatch', { batch }));
    expectRefused(await startStep(journey, 'lymphodepletion', work), 'NOT_HOLDER');
    await journey.ship(bags, cast.operator, cast.pharmacist, () => -150);
  });

  test('is given, after the lymphodepletion, to the patient whose cells they are', async () => {
    const { cast, things, batch } = journey;
    const [bag = ''] = bags;
    const thawed = await journey.say(cast.pharmacist, 'custody:DeriveItem', {
      operation: 'prepare',
      parents: whole(bag),
      children: [{ item: things.dose, kind: 'dose' }],
    });
    expectClean(thawed);
    const verifications = await bedside(journey);
    expectRefused(await authorise(journey, verifications), 'STEP_NOT_DONE');
    const [, second = ''] = bags;
    const work = { by: cast.clinician, inputs: part(second), batch };
    expectClean(await doStep(journey, 'lymphodepletion', work, { 'fit-for-conditioning': true }));
    expectPermitted(await authorise(journey, verifications));
    expectClean(await administer(journey));
    expectClean(await followUp(journey));
    const { things: held } = await world.trace(journey);
    expect(held.filter(({ noun }) => noun === 'design' || noun === 'deviation')).toEqual([]);
  });
});
