import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  administer,
  analysis,
  authorise,
  bedside,
  delivery,
  doStep,
  enrolment,
  followUp,
  inTwoYears,
  lot,
  recordBatch,
  sequencing,
  serialised,
  startStep,
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

const peptides = [1, 2, 3, 4, 5, 6].map((each) => serialised('template', `peptide-${each}`));
const pure = peptides.map((each) => `${each}-pure`);
const outputsOf = (items: readonly string[], kind: string) => items.map((item) => ({ item, kind }));
const inputsOf = (items: readonly string[]) => items.map((item) => ({ item, consumed: true }));

describe('a vaccine of peptides', () => {
  test('is designed from the patient’s data', async () => {
    await enrolment(journey);
    await sequencing(journey);
    expectPermitted(await analysis(journey));
  });

  test('is synthesised peptide by peptide, each confirmed against the design, and pooled', async () => {
    const { cast, design, things } = journey;
    const [designed] = await world.things(journey, 'design');
    const commitment = designed?.commitment ?? '';
    const by = cast.operator;
    const lots = [lot('NTP-1')];
    const synthesis = { by, design, lots, outputs: outputsOf(peptides, 'peptide') };
    const crude = { coupling: 99.2, 'crude-purity': 71 };
    expectClean(await doStep(journey, 'synthesis', synthesis, crude));
    const purification = {
      ...{ by, design, lots, sequenceCommitment: commitment },
      inputs: inputsOf(peptides),
      outputs: outputsOf(pure, 'purified-peptide'),
    };
    const analysed = { 'identity-by-mass': true, purity: 98.1, 'residual-solvent': 0.1 };
    expectClean(await doStep(journey, 'purification', purification, analysed));
    const pooling = {
      ...{ by, lots, inputs: inputsOf(pure) },
      outputs: outputsOf([things.drugSubstance], 'drug-substance'),
    };
    const few = { ...pooling, inputs: inputsOf(pure.slice(0, 4)) };
    expectRefused(await startStep(journey, 'pooling', few), 'INPUTS_MISCOUNTED');
    const pooled = { 'peptides-pooled': 6, 'peptide-content': 101 };
    expectClean(await doStep(journey, 'pooling', pooling, pooled));
    const fill = {
      ...{ by, lots: [lot('LNP-1')], inputs: inputsOf([things.drugSubstance]) },
      outputs: outputsOf([...things.vials, things.sampleVial, things.retainedVial], 'vial'),
    };
    const filled = { 'filter-integrity': true, 'visible-particles': true, ph: 7.2 };
    expectClean(await doStep(journey, 'fill-finish', fill, filled));
    expectClean(await recordBatch(journey, inTwoYears()));
  });

  test('is certified when both of its release tests are there', async () => {
    const { cast, things, batch } = journey;
    const sample = (item: string) => ({ by: cast.tester, batch, inputs: inputsOf([item]) });
    const good = { 'identity-by-mass': true, content: 100, purity: 97, endotoxin: 0.2 };
    expectClean(await doStep(journey, 'release-tests', sample(things.sampleVial), good));
    expectRefused(
      await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }),
      'NOT_TESTED',
    );
    const sterile = sample(things.retainedVial);
    expectClean(await doStep(journey, 'sterility-test', sterile, { sterility: true }));
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
    const outputs = outputsOf([serialised('template', 'peptide-again')], 'peptide');
    const crude = { coupling: 99.2, 'crude-purity': 71 };
    const made = await doStep(journey, 'synthesis', { ...few, outputs }, crude);
    expectDeviation(made, 'UNITS_DIFFER');
  });
});
