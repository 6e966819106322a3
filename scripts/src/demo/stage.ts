import type { ProcessDefinition } from '@veinledger/domain';
import {
  analysis,
  type AnalysisTurn,
  type Cast,
  delivery,
  enrolment,
  type Person,
  production,
  release,
  sequencing,
  type Submitter,
  TherapyJourney,
} from '../journey/index.js';
import type { Expectations } from './expectations.js';

/** What a story is played on. */
export interface Stage {
  readonly submitter: Submitter;
  readonly cast: Cast;
  readonly expect: Expectations;
  readonly enrolPatient: (pseudonym: string) => Promise<Person>;
  /** the commitment of a design's sequence, as the manufacturer reads it from the ledger */
  readonly sequenceCommitment: (journey: TherapyJourney) => Promise<string>;
  /** what somebody may read */
  readonly read: <T>(person: Person, path: string) => Promise<T>;
  /** tells what no command tells */
  readonly tell: (line: string) => void;
  /** the process that the story is of */
  readonly definition: ProcessDefinition;
}

/** A new patient's therapy. */
export async function newTherapy(
  stage: Stage,
  pseudonym: string,
  serial: number,
): Promise<TherapyJourney> {
  const patient = await stage.enrolPatient(pseudonym);
  const { submitter, cast, definition } = stage;
  return new TherapyJourney({ submitter, cast, patient, serial, definition });
}

/** Everything up to the approved design, as it should be. */
export async function upToTheDesign(
  stage: Stage,
  journey: TherapyJourney,
  turn: AnalysisTurn = {},
): Promise<void> {
  await enrolment(journey);
  await sequencing(journey);
  stage.expect.permitted('the design is approved', await analysis(journey, turn));
}

/** Everything up to the dose at the ward, as it should be. */
export async function upToTheWard(
  stage: Stage,
  journey: TherapyJourney,
  turn: AnalysisTurn = {},
): Promise<void> {
  await upToTheDesign(stage, journey, turn);
  await production(journey, await stage.sequenceCommitment(journey));
  stage.expect.permitted('the batch is certified', await release(journey));
  await delivery(journey);
}
