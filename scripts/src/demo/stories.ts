import {
  administer,
  analysis,
  type AnalysisTurn,
  authorise,
  bedside,
  type Committed,
  enrolment,
  followUp,
  sequencing,
  type TherapyJourney,
} from '../journey/index.js';
import { newTherapy, type Stage, upToTheWard } from './stage.js';

/** Patient A: from the biopsy back to the same patient's arm. */
export async function patientA(stage: Stage, turn: AnalysisTurn): Promise<TherapyJourney> {
  const journey = await newTherapy(stage, 'patient-a', 1);
  await upToTheWard(stage, journey, turn);
  const verifications = await bedside(journey);
  stage.expect.permitted('patient A’s dose is authorised', await authorise(journey, verifications));
  stage.expect.clean('patient A’s dose is given', await administer(journey));
  stage.expect.clean('patient A is followed up', await followUp(journey));
  return journey;
}

/** Patient C: tumour and second collection are not of one person, and nothing is designed on them. */
export async function patientC(stage: Stage): Promise<void> {
  const journey = await newTherapy(stage, 'patient-c', 3);
  await enrolment(journey);
  await sequencing(journey);
  const results = { concordance: 0.58, 'second-collection-concordance': 0.61 };
  const approval = await analysis(journey, { results });
  stage.expect.refused('patient C’s design', approval, 'DEVIATION_OPEN');
}

/**
 * Patient C2: both samples of the first visit are of one wrong patient, and agree with each other. The second collection,
 * by somebody else on another day, does not; new samples lead on.
 */
export async function patientC2(stage: Stage): Promise<void> {
  const { expect } = stage;
  const journey = await newTherapy(stage, 'patient-c2', 9);
  await enrolment(journey);
  await sequencing(journey);
  const results = { concordance: 0.99, 'second-collection-concordance': 0.52 };
  const approval = await analysis(journey, { results });
  expect.refused('the design of another patient’s tumour', approval, 'DEVIATION_OPEN');
  const anew = journey.designAnew();
  await anew.collectAll();
  await sequencing(anew);
  expect.permitted('the design of patient C2’s own samples', await analysis(anew));
}

/** Patient F: a nurse scans patient A's vial at patient F's bed. */
export async function patientF(stage: Stage, patientA: TherapyJourney): Promise<void> {
  const journey = await newTherapy(stage, 'patient-f', 6);
  await upToTheWard(stage, journey);
  const wrongVial = patientA.things.vials[1] ?? '';
  const scanned = await scan(journey, wrongVial, patientA.coi);
  stage.expect.deviated('the scan of patient A’s vial', scanned, 'FOREIGN_ITEM');
  const asked = await authorise(journey, ['verification-wrong-vial'], wrongVial);
  stage.expect.refused('patient A’s vial for patient F', asked, 'FOREIGN_ITEM');
  stage.expect.refused('patient A’s vial for patient F', asked, 'IDENTITY_MISMATCH');
}

function scan(journey: TherapyJourney, item: string, labelCoi: string): Promise<Committed> {
  return journey.say(journey.cast.nurse, 'care:VerifyBedside', {
    verification: 'verification-wrong-vial',
    item,
    labelCoi,
    token: 'wristband',
    patient: journey.patient.id,
  });
}
