import {
  administer,
  analysis,
  askToThaw,
  authorise,
  bedside,
  collectCells,
  delivery,
  depleteLymphocytes,
  enrolment,
  fillPeptides,
  followUp,
  CELL_TESTS,
  cellsOf,
  makeCells,
  makePeptides,
  production,
  release,
  sequencing,
  testCells,
  testPeptides,
  testSterility,
  thaw,
  type TherapyJourney,
} from '../journey/index.js';

/** Reads the commitment of a design's sequence, as the manufacturer does. */
export type ReadCommitment = (journey: TherapyJourney) => Promise<string>;

type Play = (journey: TherapyJourney, commitmentOf: ReadCommitment) => Promise<void>;

/** One whole therapy of each process that ships, as it should be, from consent to follow-up; by the process's id. */
export const PLAYS: Readonly<Record<string, Play>> = {
  'pcv-mrna': async (journey, commitmentOf) => {
    await toTheDesign(journey);
    await production(journey, await commitmentOf(journey));
    await release(journey);
    await delivery(journey);
    await atTheBedside(journey);
  },
  'pcv-peptide': async (journey, commitmentOf) => {
    await toTheDesign(journey);
    await makePeptides(journey, await commitmentOf(journey));
    await fillPeptides(journey);
    await testPeptides(journey);
    await testSterility(journey);
    await certify(journey);
    await delivery(journey);
    await atTheBedside(journey);
  },
  'cart-autologous': async (journey) => {
    await collectCells(journey);
    await makeCells(journey);
    for (const test of Object.keys(CELL_TESTS) as (keyof typeof CELL_TESTS)[])
      await testCells(journey, test);
    await certify(journey);
    const { operator, pharmacist } = journey.cast;
    await journey.ship(cellsOf(journey).bags, operator, pharmacist, () => -150);
    await depleteLymphocytes(journey);
    await askToThaw(journey);
    await thaw(journey);
    await atTheBedside(journey);
  },
};

async function toTheDesign(journey: TherapyJourney): Promise<void> {
  await enrolment(journey);
  await sequencing(journey);
  await analysis(journey);
}

async function certify(journey: TherapyJourney): Promise<void> {
  const { cast, batch } = journey;
  await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch });
  await journey.say(cast.releasePerson, 'manufacturing:CertifyBatch', { batch });
}

async function atTheBedside(journey: TherapyJourney): Promise<void> {
  await authorise(journey, await bedside(journey));
  await administer(journey);
  await followUp(journey);
}
