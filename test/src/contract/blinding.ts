import type { Next, Therapy } from '@veinledger/domain';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { NEEDED_PARTIES, type Person, type TherapyJourney } from '#scripts';
import { ARMS, blindedProcess } from '../support/blinded.js';
import { expectClean, expectDeviation, expectPermitted } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** A therapy whose patient does not know the arm, nor who treats them, until a physician has to. */
export function blindingChapter(world: () => World): void {
  const assign = (journey: TherapyJourney, by: Person, arm: string) =>
    journey.say(by, 'therapy:AssignArm', {}, { annexes: { arm: { arm } } });
  const unblind = (journey: TherapyJourney, by: Person) =>
    journey.say(
      by,
      'care:Unblind',
      { reason: 'treatment-depends-on-it' },
      { annexes: { explanation: { explanation: 'Anaphylaxis on the ward.' } } },
    );
  const read = <T>(transaction: string, { coi }: TherapyJourney) =>
    world().bench.submitter.read<T>({ mspId: 'HospitalMSP', label: 'nurse' }, transaction, coi);

  describe('a blinded therapy', () => {
    let journeys: readonly TherapyJourney[];
    beforeAll(async () => {
      const definition = { ...blindedProcess(), version: '1.7' };
      await world().publish(definition);
      const ordered: TherapyJourney[] = [];
      for (const arm of ARMS) {
        const journey = await world().newPatient(definition);
        await journey.consent('TREATMENT_MANUFACTURE');
        await journey.consent('GENOMIC_SEQUENCING');
        expectPermitted(await journey.order(NEEDED_PARTIES));
        expectClean(await assign(journey, journey.cast.pharmacist, arm));
        ordered.push(journey);
      }
      journeys = ordered;
    });

    it('looks the same in either arm, and takes one assignment by the unblinded group', async () => {
      const texts: string[] = [];
      for (const journey of journeys) {
        const { cast, coi } = journey;
        const trace = await world().trace(journey);
        const next = await read<Next>('therapy:ReadNext', journey);
        texts.push(JSON.stringify([trace, next]));
        const told = trace.records.filter(({ type }) => type === 'therapy:AssignArm');
        expect(told).toMatchObject([{ actor: cast.pharmacist.id, deviations: [] }]);
        expect(told.map(({ changed }) => changed)).toEqual([[`therapy ${coi}`]]);
      }
      expect(texts.filter((text) => /arm-one|arm-two/u.test(text))).toEqual([]);
      const [journey] = journeys;
      if (!journey) throw new Error('nothing is ordered');
      const { cast } = journey;
      const stranger = await assign(journey, cast.designer, 'arm-two');
      expect(stranger.receipt).toMatchObject({ effect: 'none', changed: [] });
      expectDeviation(await assign(journey, cast.pharmacist, 'arm-two'), 'ARM_ASSIGNED_TWICE');
    });

    it('is unblinded by a physician alone, at once, and quality owes a review', async () => {
      const [, journey] = journeys;
      if (!journey) throw new Error('nothing is ordered');
      const { cast } = journey;
      expectClean(await unblind(journey, cast.clinician));
      const { unblinded } = await read<Therapy>('therapy:Read', journey);
      expect(unblinded).toMatchObject([{ actor: cast.clinician.id, organisation: 'HospitalMSP' }]);
      const owed = async () => {
        const { acts } = await read<Next>('therapy:ReadNext', journey);
        return acts.filter(({ noun }) => noun === 'emergency-access');
      };
      const [act] = await owed();
      expect(act).toMatchObject({
        ...{ code: 'REVIEW_OWED', asked: [{ organisation: 'ManufacturerMSP' }] },
        overdueMinutes: 0,
      });
      const emergencyAccess = act?.subject.split(' ')[1];
      const reviewed = await journey.say(
        cast.reviewer,
        'quality:ReviewEmergencyAccess',
        { emergencyAccess, finding: 'not-justified' },
        { annexes: { investigation: { explanation: 'it could have waited', evidence: [] } } },
      );
      expectPermitted(reviewed);
      expect(await owed()).toEqual([]);
      expect((await read<Therapy>('therapy:Read', journey)).unblinded).toEqual([]);
    });
  });
}
