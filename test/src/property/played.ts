import {
  analysis,
  delivery,
  enrolCast,
  enrolment,
  enrolPatient,
  openForBusiness,
  production,
  registerShared,
  release,
  sequencing,
  TherapyJourney,
} from '#scripts';
import { MemoryDesk } from '../support/memory.js';

/** A ledger with therapies that were played up to some point, to go on from in copies. */
export interface Played {
  readonly desk: MemoryDesk;
  readonly journeys: readonly [TherapyJourney, TherapyJourney];
}

/** Opens a ledger and plays two patients' therapies on it. */
export async function playTwo(
  play: (journey: TherapyJourney, desk: MemoryDesk) => Promise<void>,
): Promise<Played> {
  const desk = await MemoryDesk.open();
  await openForBusiness(desk, desk.consortium);
  const cast = await enrolCast(desk, desk.consortium);
  await registerShared(desk, cast);
  const one = async (serial: number): Promise<TherapyJourney> => {
    const patient = await enrolPatient(desk, desk.consortium, `patient-${serial}`);
    const journey = new TherapyJourney({ desk, cast, patient, serial });
    await play(journey, desk);
    return journey;
  };
  return { desk, journeys: [await one(1), await one(2)] };
}

/** Plays a therapy up to its samples. */
export async function toTheSamples(journey: TherapyJourney): Promise<void> {
  await journey.consent('TREATMENT_MANUFACTURE');
  await journey.consent('GENOMIC_SEQUENCING');
  await journey.order();
  await journey.collectAll();
}

/** Plays a therapy up to the ward, where its dose is prepared. */
export async function toTheWard(journey: TherapyJourney, desk: MemoryDesk): Promise<void> {
  await enrolment(journey);
  await sequencing(journey);
  await analysis(journey);
  const design = desk.all('design').find(({ id }) => id === journey.design);
  await production(journey, design?.commitment ?? '');
  await release(journey);
  await delivery(journey);
}

/** The two therapies on a copy of the ledger, which leaves the played one as it is. */
export function goOn({ desk, journeys }: Played): Played {
  const copy = desk.fork();
  const again = ({ cast, patient }: TherapyJourney, serial: number) =>
    new TherapyJourney({ desk: copy, cast, patient, serial });
  return { desk: copy, journeys: [again(journeys[0], 1), again(journeys[1], 2)] };
}
