import type { FoundingMember } from '@veinledger/cli';
import {
  analysis,
  delivery,
  enrolCast,
  enrolment,
  enrolPatient,
  enrolProxy,
  openForBusiness,
  type Person,
  production,
  registerShared,
  release,
  releaseTests,
  sequencing,
  TherapyJourney,
} from '#scripts';
import { MemorySubmitter } from '../support/memory.js';

/** A ledger with therapies that were played up to some point, to go on from in copies. */
export interface Played {
  readonly submitter: MemorySubmitter;
  readonly journeys: readonly [TherapyJourney, TherapyJourney];
  /** who may sign in the first patient's place */
  readonly proxy: Person;
}

/** Opens a ledger and plays two patients' therapies on it. */
export async function playTwo(
  play: (journey: TherapyJourney, submitter: MemorySubmitter) => Promise<void>,
  ...more: readonly FoundingMember[]
): Promise<Played> {
  const submitter = await MemorySubmitter.open(...more);
  await openForBusiness(submitter, submitter.consortium);
  const cast = await enrolCast(submitter, submitter.consortium);
  await registerShared(submitter, cast);
  const one = async (serial: number): Promise<TherapyJourney> => {
    const patient = await enrolPatient(submitter, submitter.consortium, `patient-${serial}`);
    const journey = new TherapyJourney({ submitter, cast, patient, serial });
    await play(journey, submitter);
    return journey;
  };
  const journeys = [await one(1), await one(2)] as const;
  const proxy = await enrolProxy(submitter, submitter.consortium, journeys[0].patient);
  return { submitter, journeys, proxy };
}

/** Plays a therapy up to its samples. */
export async function toTheSamples(journey: TherapyJourney): Promise<void> {
  await journey.consent('TREATMENT_MANUFACTURE');
  await journey.consent('GENOMIC_SEQUENCING');
  await journey.order();
  await journey.collectAll();
}

/** Plays a therapy up to its batch, which is tested and waits for its review. */
export async function toTheBatch(
  journey: TherapyJourney,
  submitter: MemorySubmitter,
): Promise<void> {
  await toTheFill(journey, submitter);
  await releaseTests(journey);
}

/** Plays a therapy up to the ward, where its dose is prepared. */
export async function toTheWard(
  journey: TherapyJourney,
  submitter: MemorySubmitter,
): Promise<void> {
  await toTheFill(journey, submitter);
  await release(journey);
  await delivery(journey);
}

async function toTheFill(journey: TherapyJourney, submitter: MemorySubmitter): Promise<void> {
  await enrolment(journey);
  await sequencing(journey);
  await analysis(journey);
  const design = submitter.all('design').find(({ id }) => id === journey.design);
  await production(journey, design?.commitment ?? '');
}

/** The two therapies on a copy of the ledger, which leaves the played one as it is. */
export function goOn({ submitter, journeys, proxy }: Played): Played {
  const copy = submitter.fork();
  const again = ({ cast, patient }: TherapyJourney, serial: number) =>
    new TherapyJourney({ submitter: copy, cast, patient, serial });
  return { submitter: copy, journeys: [again(journeys[0], 1), again(journeys[1], 2)], proxy };
}
