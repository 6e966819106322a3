import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  administer,
  authorise,
  bedside,
  CELL_TESTS,
  cellsOf,
  collectCells,
  depleteLymphocytes,
  followUp,
  makeCells,
  registerVector,
  selectionOf,
  startStep,
  testCells,
  thaw,
  type TherapyJourney,
} from '#scripts';
import { embeddedBench } from '../support/embedded.js';
import { expectClean, expectPermitted, expectRefused } from '../support/refusals.js';
import { World } from '../support/world.js';

let world: World;
let journey: TherapyJourney;
beforeAll(async () => {
  world = await World.open(await embeddedBench());
  journey = await world.newPatient('cart-autologous');
  await registerVector(world.bench.submitter, world.cast);
});
afterAll(() => world.bench.close());

const TESTS = Object.keys(CELL_TESTS) as (keyof typeof CELL_TESTS)[];

describe('a cell therapy without a design', () => {
  test('begins with the patient’s own cells, under one chain of identity', async () => {
    for (const recorded of await collectCells(journey)) expectClean(recorded);
  });

  test('is made of them, step by step, and of a vector', async () => {
    const early = await startStep(journey, 'selection', selectionOf(journey));
    expectRefused(early, 'STEP_NOT_DONE');
    for (const recorded of await makeCells(journey)) expectClean(recorded);
  });

  test('is certified after every one of its release tests, and not before', async () => {
    const { cast, batch } = journey;
    for (const name of TESTS.slice(0, -1)) expectClean(await testCells(journey, name));
    expectRefused(
      await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }),
      'NOT_TESTED',
    );
    expectClean(await testCells(journey, 'sterility-test'));
    expectPermitted(await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }));
  });

  test('begins the lymphodepletion only when it is certified and has arrived', async () => {
    const { cast, batch } = journey;
    const { bags } = cellsOf(journey);
    const inputs = bags.map((item) => ({ item, consumed: false }));
    const work = { by: cast.clinician, inputs, batch };
    expectRefused(await startStep(journey, 'lymphodepletion', work), 'BATCH_NOT_RELEASED');
    expectPermitted(await journey.say(cast.releasePerson, 'manufacturing:CertifyBatch', { batch }));
    expectRefused(await startStep(journey, 'lymphodepletion', work), 'NOT_HOLDER');
    await journey.ship(bags, cast.operator, cast.pharmacist, () => -150);
  });

  test('is given, after the lymphodepletion, to the patient whose cells they are', async () => {
    expectClean(await thaw(journey));
    const verifications = await bedside(journey);
    expectRefused(await authorise(journey, verifications), 'STEP_NOT_DONE');
    expectClean(await depleteLymphocytes(journey));
    expectPermitted(await authorise(journey, verifications));
    expectClean(await administer(journey));
    expectClean(await followUp(journey));
    const { things: held } = await world.trace(journey);
    expect(held.filter(({ noun }) => noun === 'design' || noun === 'deviation')).toEqual([]);
  });
});
