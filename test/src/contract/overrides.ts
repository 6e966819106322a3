import { describe, expect, it } from '@jest/globals';
import type { Person, TherapyJourney } from '#scripts';
import type { Next } from '@veinledger/domain';
import { expectError, expectPermitted, expectRefused } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** One half of an emergency override of a dose that nobody could check at the bedside. */
export function override(journey: TherapyJourney, by: Person, rest: object) {
  return journey.say(
    by,
    'care:OverrideDose',
    { verifications: [], reason: 'life-threatening', continueAfterLapse: false, ...rest },
    { annexes: { explanation: { explanation: 'The patient would not live through the night.' } } },
  );
}

/**
 * A dose that physician and pharmacist authorise in an emergency, and quality's review of that.
 * @param journey a therapy whose third vial nobody gave yet, with a line 3 that is free
 */
export function overrideHistories(world: () => World, journey: () => TherapyJourney): void {
  describe('in an emergency', () => {
    const dose = { dose: 'dose-emergency', number: 3 };
    const told = () => ({ ...dose, item: journey().things.vials[2] });
    const waiting = async () => {
      const reader = { mspId: 'HospitalMSP', label: 'nurse' };
      const { submitter } = world().bench;
      const { acts } = await submitter.read<Next>(reader, 'therapy:ReadNext', journey().coi);
      return acts.filter(({ noun }) => noun === 'override');
    };

    it('a physician alone authorises nothing, and the pharmacist is waited for', async () => {
      const { cast } = world();
      expectPermitted(await override(journey(), cast.clinician, told()));
      expect((await world().things(journey(), 'dose')).map(({ id }) => id)).not.toContain(
        dose.dose,
      );
      expectRefused(await override(journey(), cast.clinician, told()), 'SAME_PERSON');
      await expectError(override(journey(), cast.nurse, told()), 'ROLE_MISSING');
      expect(await waiting()).toMatchObject([
        { code: 'life-threatening', asked: [{ act: 'care:OverrideDose', roles: ['pharmacist'] }] },
      ]);
    });

    it('both authorise a dose, and quality reviews it afterwards', async () => {
      const { cast } = world();
      expectPermitted(await override(journey(), cast.pharmacist, told()));
      const [authorised] = (await world().things(journey(), 'dose')).filter(
        ({ id }) => id === dose.dose,
      );
      expect(authorised).toMatchObject({ authorised: { actor: cast.clinician.id } });
      expect(await waiting()).toMatchObject([{ code: 'REVIEW_OWED', overdueMinutes: 0 }]);
      const review = (by: Person) =>
        journey().say(
          by,
          'quality:ReviewOverride',
          { dose: dose.dose, finding: 'justified' },
          { annexes: { investigation: { explanation: 'as told', evidence: [] } } },
        );
      expectPermitted(await review(cast.reviewer));
      expectRefused(await review(cast.tester), 'ALREADY_REVIEWED');
      expect(await waiting()).toEqual([]);
      const [reviewed] = await world().things(journey(), 'override');
      expect(reviewed).toMatchObject({
        overridden: expect.arrayContaining([expect.objectContaining({ code: 'NOT_VERIFIED' })]),
        reviewed: { finding: 'justified', overdueMinutes: 0 },
      });
    });
  });
}
