import { describe, expect, it } from '@jest/globals';
import { doStep, startStep, type TherapyJourney } from '#scripts';
import { expectDeviation, expectPermitted, expectRefused } from '../support/refusals.js';
import type { World } from '../support/world.js';

const investigated = {
  annexes: { investigation: { explanation: 'the tube stood in the wrong rack', evidence: [] } },
};

/** Deviations are settled in their own therapy, subject by subject, and by their class. */
export function dispositionChapter(world: () => World): void {
  const settle = (
    journey: TherapyJourney,
    deviation: string,
    subject: object,
    decision: 'permit-use' | 'reject',
  ) =>
    journey.say(
      journey.cast.reviewer,
      'manufacturing:RecordDisposition',
      { deviation, subject: { coi: journey.coi, ...subject }, decision },
      investigated,
    );

  describe('a deviation', () => {
    it('of another patient’s tube is settled there and here, and rejecting the tube rejects no therapy', async () => {
      const journey = await world().sampledTherapy();
      const other = await world().orderedTherapy();
      const { cast } = journey;
      const { blood } = other.things;
      await other.collect(blood, 'blood-edta', cast.collector, 'visit-1');
      const met = await journey.readings(blood, cast.nurse, [5]);
      expectDeviation(met, 'FOREIGN_ITEM');
      const id = met.receipt.deviations[0]?.id ?? '';
      const told = JSON.stringify([met.receipt, await world().things(journey, 'deviation')]);
      for (const name of [other.coi, blood]) expect(told).not.toContain(name);
      expect(JSON.stringify(await world().things(other, 'deviation'))).not.toContain(journey.coi);

      expectPermitted(await settle(other, id, { kind: 'item', id: blood }, 'reject'));
      const tube = { kind: 'item', id: blood };
      expectRefused(await settle(journey, id, tube, 'reject'), 'SUBJECT_NOT_CONCERNED');
      const pathology = {
        by: cast.pathologist,
        inputs: [{ item: journey.things.tumour, consumed: true }],
      };
      expectRefused(await startStep(journey, 'pathology', pathology), 'DEVIATION_OPEN');
      expectPermitted(await settle(journey, id, { kind: 'therapy' }, 'permit-use'));
      expectPermitted(await startStep(journey, 'pathology', pathology));
    });

    it('of a failed check of identity or safety lets nobody use what was tested, investigated or not', async () => {
      const journey = await world().filledTherapy();
      const { cast, batch, things } = journey;
      const tested = await doStep(
        journey,
        'release-tests',
        { by: cast.tester, batch, inputs: [{ item: things.sampleVial, consumed: true }] },
        { 'identity-by-sequencing': false, potency: 100, endotoxin: 0.1, sterility: false },
      );
      expect(tested.receipt.deviations.map(({ code }) => code)).toEqual([
        'IDENTITY_CHECK_FAILED',
        'SAFETY_CHECK_FAILED',
      ]);
      const subject = { kind: 'step', id: 'release-tests', attempt: 1 };
      const [identity, safety] = tested.receipt.deviations.map(({ id }) => id);
      const permit = (id = '') => settle(journey, id, subject, 'permit-use');
      expectRefused(await permit(identity), 'IDENTITY_NOT_BY_DISPOSITION');
      expectRefused(await permit(safety), 'SAFETY_NOT_BY_DISPOSITION');
      const review = await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch });
      expectRefused(review, 'DEVIATION_OPEN');
    });
  });
}
