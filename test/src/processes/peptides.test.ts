import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  administer,
  analysis,
  authorise,
  bedside,
  delivery,
  doStep,
  enrolment,
  fillPeptides,
  followUp,
  lot,
  makePeptides,
  peptidesOf,
  poolingOf,
  sequencing,
  serialised,
  startStep,
  testPeptides,
  testSterility,
  type TherapyJourney,
} from '#scripts';
import { embeddedBench } from '../support/embedded.js';
import {
  expectClean,
  expectDeviation,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import { World } from '../support/world.js';

let world: World;
let journey: TherapyJourney;
beforeAll(async () => {
  world = await World.open(await embeddedBench());
  journey = await world.newPatient('pcv-peptide');
});
afterAll(() => world.bench.close());

describe('a vaccine of peptides', () => {
  test('is designed from the patient’s data', async () => {
    await enrolment(journey);
    await sequencing(journey);
    expectPermitted(await analysis(journey));
  });

  test('is synthesised peptide by peptide, each confirmed against the design, and pooled', async () => {
    const [designed] = await world.things(journey, 'design');
    for (const recorded of await makePeptides(journey, designed?.commitment ?? ''))
      expectClean(recorded);
    const few = poolingOf(journey, peptidesOf(journey).pure.slice(0, 4));
    expectRefused(await startStep(journey, 'pooling', few), 'INPUTS_MISCOUNTED');
    for (const recorded of await fillPeptides(journey)) expectClean(recorded);
  });

  test('is certified when both of its release tests are there', async () => {
    const { cast, batch } = journey;
    expectClean(await testPeptides(journey));
    expectRefused(
      await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }),
      'NOT_TESTED',
    );
    expectClean(await testSterility(journey));
    expectPermitted(await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }));
    expectPermitted(await journey.say(cast.releasePerson, 'manufacturing:CertifyBatch', { batch }));
  });

  test('is given to the patient whom it was designed for', async () => {
    await delivery(journey);
    expectPermitted(await authorise(journey, await bedside(journey)));
    expectClean(await administer(journey));
    expectClean(await followUp(journey));
    expect(await world.things(journey, 'deviation')).toEqual([]);
  });

  test('of too few peptides deviates, and is recorded all the same', async () => {
    const { cast, design } = journey;
    const few = { by: cast.operator, design, attempt: 2, lots: [lot('NTP-1')] };
    const outputs = [{ item: serialised('template', 'peptide-again'), kind: 'peptide' }];
    const crude = { coupling: 99.2, 'crude-purity': 71 };
    const made = await doStep(journey, 'synthesis', { ...few, outputs }, crude);
    expectDeviation(made, 'UNITS_DIFFER');
  });
});
