import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  analysis,
  authorise,
  bedside,
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
import { mishap } from './disturbances.js';
import { firstObstacle } from './interlock-oracle.js';

const RUNS = 120;

describe('the interlock before the patient’s arm', () => {
  let ward: MemoryDesk;
  let journeys: readonly [TherapyJourney, TherapyJourney];

  beforeAll(async () => {
    ward = await MemoryDesk.open();
    await openForBusiness(ward, ward.consortium);
    const cast = await enrolCast(ward, ward.consortium);
    await registerShared(ward, cast);
    const play = async (serial: number): Promise<TherapyJourney> => {
      const patient = await enrolPatient(ward, ward.consortium, `patient-${serial}`);
      const journey = new TherapyJourney({ desk: ward, cast, patient, serial });
      await enrolment(journey);
      await sequencing(journey);
      await analysis(journey);
      const design = ward.all('design').find(({ id }) => id === journey.design);
      await production(journey, design?.commitment ?? '');
      await release(journey);
      await delivery(journey);
      return journey;
    };
    journeys = [await play(1), await play(2)];
  });

  it('permits a dose only when an independent look at the whole state finds nothing against it', async () => {
    const outcomes = { permitted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(mishap, { maxLength: 3 }), async (mishaps) => {
        const desk = ward.fork();
        const [journey, other] = journeys.map(
          ({ cast, patient }, index) =>
            new TherapyJourney({ desk, cast, patient, serial: index + 1 }),
        );
        if (!journey || !other) throw new Error('two therapies were played');
        for (const { play } of mishaps) await play(journey, other);
        const verifications = await bedside(journey, journey.things.dose, 9);
        const obstacle = firstObstacle(desk, journey.coi, journey.things.dose);
        const { receipt } = await authorise(journey, verifications);
        if (receipt.outcome === 'permitted') outcomes.permitted += 1;
        else outcomes.refused += 1;
        expect({ obstacle, outcome: receipt.outcome }).toEqual(
          obstacle === undefined
            ? { obstacle, outcome: 'permitted' }
            : { obstacle, outcome: 'refused' },
        );
      }),
      { numRuns: RUNS },
    );
    expect(outcomes.permitted).toBeGreaterThan(5);
    expect(outcomes.refused).toBeGreaterThan(5);
  });
});
