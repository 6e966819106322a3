import {
  analysis,
  authorise,
  bedside,
  type Committed,
  delivery,
  doStep,
  enrolment,
  inTwoYears,
  production,
  recordBatch,
  release,
  sequencing,
  type StepWork,
  type TherapyJourney,
} from '../journey/index.js';
import { newTherapy, type Stage, upToTheWard } from './stage.js';

/** Patient J: a batch that is not sterile is tested until it is. What failed stays failed; a new batch leads on. */
export async function patientJ(stage: Stage): Promise<void> {
  const journey = await newTherapy(stage, 'patient-j', 10);
  await enrolment(journey);
  await sequencing(journey);
  stage.expect.permitted('patient J’s design is approved', await analysis(journey));
  const commitment = await stage.sequenceCommitment(journey);
  await production(journey, commitment);
  const { cast, things, batch } = journey;
  const failed = await releaseTest(journey, 1, things.sampleVial, false);
  stage.expect.deviated('the sterility of patient J’s batch', failed, 'SAFETY_CHECK_FAILED');
  await releaseTest(journey, 2, things.retainedVial, true);
  const reviewed = await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch });
  stage.expect.refused('the review after a test that failed', reviewed, 'CHECK_FAILED');
  const again = journey.makeAgain();
  await production(again, commitment);
  stage.expect.permitted('patient J’s second batch is certified', await release(again, 3));
  await delivery(again);
  const dose = await authorise(again, await bedside(again));
  stage.expect.permitted('patient J’s dose of the second batch is authorised', dose);
}

/** Release tests that name no batch, on one vial. */
function releaseTest(
  journey: TherapyJourney,
  attempt: number,
  vial: string,
  sterility: boolean,
): Promise<Committed> {
  const work: StepWork = {
    by: journey.cast.tester,
    attempt,
    inputs: [{ item: vial, consumed: true }],
  };
  const results = { 'identity-by-sequencing': true, potency: 103, endotoxin: 0.1, sterility };
  return doStep(journey, 'release-tests', work, results);
}

/** Patient K: a vial that stands in no batch is pooled with one that does. A dose of released vials alone leads on. */
export async function patientK(stage: Stage): Promise<void> {
  const journey = await newTherapy(stage, 'patient-k', 11);
  await upToTheWard(stage, journey);
  const { cast, things } = journey;
  await journey.ship([things.retainedVial], cast.operator, cast.pharmacist, () => -72);
  const pool = `${things.dose}-pool`;
  await journey.say(cast.pharmacist, 'custody:DeriveItem', {
    operation: 'pool',
    parents: [things.vials[1], things.retainedVial].map((item) => ({ item, consumed: true })),
    children: [{ item: pool, kind: 'dose' }],
  });
  const pooled = await authorise(journey, await bedside(journey, pool, 1), pool);
  stage.expect.refused('the pool with a vial of no batch', pooled, 'NO_BATCH');
  const own = await authorise(journey, await bedside(journey, things.dose, 2));
  stage.expect.permitted('the dose of a released vial', own);
}

/** Patient L: somebody who does not hold the vial says that it thawed. Quality looks, and dismisses the alarm. */
export async function patientL(stage: Stage): Promise<void> {
  const journey = await newTherapy(stage, 'patient-l', 12);
  await upToTheWard(stage, journey);
  const { cast, things } = journey;
  const vial = things.vials[1] ?? '';
  const said = await journey.readings(vial, cast.labTechnician, [150]);
  stage.expect.withoutEffect('a laboratory’s reading of a vial that it does not hold', said);
  const dose = await authorise(journey, await bedside(journey));
  stage.expect.permitted('patient L’s dose is authorised all the same', dose);
  const dismissed = await journey.say(cast.reviewer, 'quality:DismissAlarms', {
    actor: cast.labTechnician.id,
  });
  stage.expect.permitted('quality dismisses the alarm', dismissed);
}

/** Patient M: a batch is recorded with an expiry that has passed. Two people annul the record, and the right one counts. */
export async function patientM(stage: Stage): Promise<void> {
  const journey = await newTherapy(stage, 'patient-m', 13);
  await enrolment(journey);
  await sequencing(journey);
  stage.expect.permitted('patient M’s design is approved', await analysis(journey));
  const commitment = await stage.sequenceCommitment(journey);
  const { cast, batch } = journey;
  const mistaken = await production(journey, commitment, '2020-01-31T23:59:59.000Z');
  const expired = await release(journey);
  stage.expect.refused('a batch that expired in 2020', expired, 'EXPIRED');
  for (const person of [cast.releasePerson, cast.reviewer]) {
    const signed = await journey.say(person, 'quality:AnnulRecord', {
      command: mistaken.receipt.commandId,
      reason: 'wrong-time',
    });
    stage.expect.permitted(`${person.id} signs that the record was a mistake`, signed);
  }
  stage.expect.clean('the right record', await recordBatch(journey, inTwoYears()));
  for (const [person, type] of [
    [cast.reviewer, 'manufacturing:ReviewBatch'],
    [cast.releasePerson, 'manufacturing:CertifyBatch'],
  ] as const) {
    stage.expect.permitted(
      `${type} of the right record`,
      await journey.say(person, type, { batch }),
    );
  }
}
