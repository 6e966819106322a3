import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  administer,
  askToThaw,
  authorise,
  bedside,
  CELL_TESTS,
  cellsOf,
  collectCells,
  depleteLymphocytes,
  followUp,
  makeCells,
  type Person,
  registerVector,
  selectionOf,
  startStep,
  testCells,
  thaw,
  type TherapyJourney,
} from '#scripts';
import type { Next } from '@veinledger/domain';
import { embeddedBench } from '../support/embedded.js';
import { expectClean, expectError, expectPermitted, expectRefused } from '../support/refusals.js';
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

  test('thaws nothing before the lymphodepletion, which asks the gate of the dose as well', async () => {
    expectRefused(await askToThaw(journey), 'STEP_NOT_DONE');
    const bag = cellsOf(journey).bags[1];
    await holdOn(bag, 'hold-1');
    expectRefused(await begin('lymphodepletion', 3), 'ON_HOLD');
    await lift('hold-1');
    expectRefused(await decide(world.cast.clinician, bag), 'STILL_REVERSIBLE');
    expectClean(await depleteLymphocytes(journey));
  });

  test('goes on after it although something is held, once a physician and a release person have both signed', async () => {
    const { cast } = journey;
    const [bag] = cellsOf(journey).bags;
    await holdOn(bag, 'hold-2');
    expectRefused(await askToThaw(journey, 2), 'ON_HOLD');
    expect(await waiting()).toMatchObject([
      {
        code: 'DECISION_OWED',
        asked: [{ roles: ['clinician'] }, { roles: ['release-person'] }],
      },
    ]);
    expectPermitted(await decide(cast.clinician, bag));
    expectRefused(await askToThaw(journey, 2), 'ON_HOLD');
    expectRefused(await decide(cast.clinician, bag), 'SAME_PERSON');
    await expectError(decide(cast.reviewer, bag), 'ROLE_MISSING');
    expect(await waiting()).toMatchObject([
      { code: 'SIGNATURE_OWED', asked: [{ roles: ['release-person'] }] },
    ]);
    expectPermitted(await decide(cast.releasePerson, bag));
    expect(await waiting()).toEqual([]);
    expectPermitted(await askToThaw(journey, 2));
    expectClean(await thaw(journey));
  });

  test('is given to the patient whose cells they are', async () => {
    const verifications = await bedside(journey);
    expectPermitted(await authorise(journey, verifications));
    expectClean(await administer(journey));
    expectClean(await followUp(journey));
    const { things: held } = await world.trace(journey);
    expect(held.filter(({ noun }) => noun === 'design' || noun === 'deviation')).toEqual([]);
  });
});

/** Somebody who answers for safety has the release person look at something. */
async function holdOn(item: string, hold: string): Promise<void> {
  const subject = { kind: 'item', coi: journey.coi, id: item };
  const body = { hold, subject, reason: 'investigation', liftedByRole: 'release-person' };
  expectClean(await journey.say(world.cast.safetyOfficer, 'manufacturing:PlaceHold', body));
}

async function lift(hold: string): Promise<void> {
  expectPermitted(await journey.say(world.cast.releasePerson, 'manufacturing:LiftHold', { hold }));
}

function begin(step: string, attempt: number) {
  const inputs = [cellsOf(journey).bags[1]];
  const body = { step, attempt, inputs, datasets: [], batch: journey.batch };
  return journey.say(world.cast.clinician, 'manufacturing:StartStep', body);
}

function decide(by: Person, item: string) {
  const body = { decision: 'decision-1', item, continueAfterLapse: false };
  const explanation = { explanation: 'The patient is prepared, and does not live without cells.' };
  return journey.say(by, 'care:DecideToGoOn', body, { annexes: { explanation } });
}

async function waiting() {
  const reader = { mspId: 'HospitalMSP', label: 'nurse' };
  const { acts } = await world.bench.submitter.read<Next>(reader, 'therapy:ReadNext', journey.coi);
  return acts.filter(({ code }) => code === 'DECISION_OWED' || code === 'SIGNATURE_OWED');
}
