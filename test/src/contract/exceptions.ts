import { describe, expect, it } from '@jest/globals';
import {
  administer,
  askToThaw,
  authorise,
  bedside,
  cellsOf,
  type Committed,
  depleteLymphocytes,
  thaw,
  type TherapyJourney,
} from '#scripts';
import type { Next } from '@veinledger/domain';
import {
  expectClean,
  expectDeviation,
  expectError,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import type { World } from '../support/world.js';

/** An out-of-specification exception is asked for in a process without one. */
export function exceptionHistories(world: () => World, journey: () => TherapyJourney): void {
  it('no exception is had in a process without one, nor by anybody but a physician', async () => {
    const { cast } = world();
    const asked = { exception: 'exception-1', batch: journey().batch };
    const annexes = { explanation: { explanation: 'There is nothing else to give.' } };
    const request = journey().say(cast.clinician, 'care:RequestException', asked, { annexes });
    expectRefused(await request, 'EXCEPTION_NOT_IN_PROCESS');
    const other = journey().say(cast.nurse, 'care:RequestException', asked, { annexes });
    await expectError(other, 'ROLE_MISSING');
    const named = { exception: 'exception-1' };
    const accept = journey().say(cast.clinician, 'care:AcceptException', named, { annexes });
    expectRefused(await accept, 'UNKNOWN_EXCEPTION');
  });
}

const HOURS = 60 * 60 * 1000;

/**
 * A batch that fails its test of sterility, and is given all the same: nothing else helps.
 * @param journey a therapy whose process has such an exception, with everything tested but the sterility
 */
export function exceptedHistories(
  world: () => World,
  journey: () => TherapyJourney,
  testSterility: (sterile: boolean) => Promise<Committed>,
): void {
  describe('a batch outside its specification', () => {
    const exception = 'exception-1';
    const explained = {
      annexes: { explanation: { explanation: 'There is no time for another.' } },
    };
    const investigation = { explanation: 'skin flora, one colony', evidence: [] };
    const accept = () =>
      journey().say(world().cast.clinician, 'care:AcceptException', { exception }, explained);
    const waiting = async () => {
      const reader = { mspId: 'ManufacturerMSP', label: 'quality' };
      const { submitter } = world().bench;
      const { acts } = await submitter.read<Next>(reader, 'therapy:ReadNext', journey().coi);
      return acts.filter(({ noun }) => noun === 'exception');
    };

    it('is asked for by a physician, and evaluated by quality', async () => {
      const { cast } = world();
      const { batch } = journey();
      expectDeviation(await testSterility(false), 'SAFETY_CHECK_FAILED');
      const reviewed = await journey().say(cast.reviewer, 'manufacturing:ReviewBatch', { batch });
      expectRefused(reviewed, 'CHECK_FAILED');
      const asked = { exception, batch };
      expectPermitted(
        await journey().say(cast.clinician, 'care:RequestException', asked, explained),
      );
      expect(await waiting()).toMatchObject([{ code: 'EVALUATION_OWED' }]);
      const supply = { exception, finding: 'supply' };
      const annexes = { investigation };
      expectPermitted(
        await journey().say(cast.reviewer, 'quality:EvaluateException', supply, { annexes }),
      );
    });

    it('is accepted once the patient agreed to that, and reviewed but never certified', async () => {
      const { cast } = world();
      const { batch } = journey();
      expect(await waiting()).toMatchObject([{ code: 'ACCEPTANCE_OWED' }]);
      expectRefused(await accept(), 'CONSENT_NOT_ACTIVE');
      await journey().consent('OOS_ADMINISTRATION');
      expectPermitted(await accept());
      expectPermitted(await journey().say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }));
      const certified = await journey().say(cast.releasePerson, 'manufacturing:CertifyBatch', {
        batch,
      });
      expectRefused(certified, 'CHECK_FAILED');
    });

    it('is what the patient is prepared for, and given', async () => {
      const { cast } = world();
      const { bags } = cellsOf(journey());
      await journey().ship(bags, cast.operator, cast.pharmacist, () => -150);
      expectClean(await depleteLymphocytes(journey()));
      expectPermitted(await askToThaw(journey()));
      expectClean(await thaw(journey()));
      expect(await waiting()).toEqual([]);
      const verifications = await bedside(journey());
      expectPermitted(await authorise(journey(), verifications));
      expectClean(await administer(journey()));
    });

    it('is told to the authority within 48 hours of the dose', async () => {
      const { cast } = world();
      const [owed] = await waiting();
      expect(owed).toMatchObject({ code: 'NOTIFICATION_OWED', overdueMinutes: 0 });
      expect(Date.parse(owed?.due ?? '') - Date.parse(owed?.since ?? '')).toBe(48 * HOURS);
      const told = { exception, authority: 'pei' };
      expectClean(await journey().say(cast.safetyOfficer, 'quality:ReportNotification', told));
      expect(await waiting()).toEqual([]);
    });
  });
}
