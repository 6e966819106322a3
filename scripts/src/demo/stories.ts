import {
  administer,
  analysis,
  type AnalysisTurn,
  authorise,
  bedside,
  type Cast,
  type Committed,
  delivery,
  type Submitter,
  enrolment,
  followUp,
  type Person,
  production,
  release,
  sequencing,
  TherapyJourney,
} from '../journey/index.js';
import type { Expectations } from './expectations.js';

export interface Stage {
  readonly submitter: Submitter;
  readonly cast: Cast;
  readonly expect: Expectations;
  readonly enrolPatient: (pseudonym: string) => Promise<Person>;
  /** the commitment of a design's sequence, as the manufacturer reads it from the ledger */
  readonly sequenceCommitment: (journey: TherapyJourney) => Promise<string>;
  readonly heading: (text: string) => void;
}

/** A new patient's therapy. */
export async function newTherapy(
  stage: Stage,
  pseudonym: string,
  serial: number,
): Promise<TherapyJourney> {
  const patient = await stage.enrolPatient(pseudonym);
  return new TherapyJourney({ submitter: stage.submitter, cast: stage.cast, patient, serial });
}

/** Everything up to the dose at the ward, as it should be. */
export async function upToTheWard(
  stage: Stage,
  journey: TherapyJourney,
  turn: AnalysisTurn = {},
): Promise<void> {
  await enrolment(journey);
  await sequencing(journey);
  stage.expect.permitted('the design is approved', await analysis(journey, turn));
  await production(journey, await stage.sequenceCommitment(journey));
  stage.expect.permitted('the batch is certified', await release(journey));
  await delivery(journey);
}

/** Patient A: from the biopsy back to the same patient's arm. */
export async function patientA(stage: Stage, turn: AnalysisTurn): Promise<TherapyJourney> {
  stage.heading('Patient A: from the biopsy back to the same arm');
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
  stage.heading('Patient C: the samples are not of one person');
  const journey = await newTherapy(stage, 'patient-c', 3);
  await enrolment(journey);
  await sequencing(journey);
  const results = { concordance: 0.58, 'second-collection-concordance': 0.61 };
  const approval = await analysis(journey, { results });
  stage.expect.refused('patient C’s design', approval, 'DEVIATION_OPEN');
}

/** Patient F: a nurse scans patient A's vial at patient F's bed. */
export async function patientF(stage: Stage, patientA: TherapyJourney): Promise<void> {
  stage.heading('Patient F: the wrong vial at the bedside');
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
