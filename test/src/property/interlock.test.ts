import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { authorise, bedside } from '#scripts';
import { mishap } from './disturbances.js';
import { firstObstacle } from './interlock-oracle.js';
import { goOn, type Played, playTwo, toTheWard } from './played.js';

const RUNS = 120;

describe('the interlock before the patient’s arm', () => {
  let ward: Played;

  beforeAll(async () => {
    ward = await playTwo(toTheWard);
  });

  it('permits a dose only when an independent look at the whole state finds nothing against it', async () => {
    const outcomes = { permitted: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(mishap, { maxLength: 3 }), async (mishaps) => {
        const { desk, journeys } = goOn(ward);
        const [journey, other] = journeys;
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
