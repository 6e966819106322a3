import { describe, expect, it } from '@jest/globals';
import type { Next, NextAct } from '@veinledger/domain';
import { send } from '#scripts';
import { expectError, expectPermitted, expectRefused } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** Who must do what next, as each reader is told it. */
export function nextChapter(world: () => World): void {
  const next = async (mspId: string, label: string, coi: string) =>
    (await world().bench.submitter.read<Next>({ mspId, label }, 'therapy:ReadNext', coi)).acts;
  const of = (acts: readonly NextAct[], code: string) => acts.filter((act) => act.code === code);

  describe('who is next', () => {
    it('is whom the rota of an organisation has on call, until they have acted', async () => {
      const { cast } = world();
      const { submitter } = world().bench;
      const journey = await world().orderedTherapy();
      const rota = {
        organisation: 'ManufacturerMSP',
        role: 'quality',
        periods: [],
        deputies: [cast.reviewer.id],
        management: [cast.releasePerson.id],
      };
      const record = (body: object) =>
        send(submitter, cast.reviewer, { type: 'registry:RecordRota', body });
      expectPermitted(await record(rota));
      expectRefused(await record({ ...rota, deputies: [cast.operator.id] }), 'ROLE_NOT_HELD');
      const hold = {
        hold: 'hold-next',
        subject: { kind: 'therapy', coi: journey.coi },
        reason: 'investigation',
        liftedByRole: 'quality',
      };
      await journey.say(cast.reviewer, 'manufacturing:PlaceHold', hold);
      const [held] = of(await next('LabMSP', 'lab', journey.coi), 'investigation');
      expect(held).toMatchObject({
        state: 'stopped',
        asked: [{ act: 'manufacturing:LiftHold', as: 'deputies', people: [cast.reviewer.id] }],
      });
      await journey.say(cast.tester, 'manufacturing:LiftHold', { hold: 'hold-next' });
      expect(of(await next('LabMSP', 'lab', journey.coi), 'investigation')).toEqual([]);
    });

    it('is told to parties alone, and what the patient is asked to those who may know it', async () => {
      const journey = await world().newPatient();
      await journey.consent('TREATMENT_MANUFACTURE');
      await journey.consent('GENOMIC_SEQUENCING');
      await journey.order();
      await send(journey.submitter, journey.patient, {
        type: 'consent:WithdrawConsent',
        body: { purpose: 'TREATMENT_MANUFACTURE' },
      });
      const ended = [expect.objectContaining({ noun: 'consent', state: 'ended' })];
      for (const [mspId, label, seen] of [
        ['HospitalMSP', 'nurse', ended],
        ['RegulatorMSP', 'auditor', ended],
        ['LabMSP', 'lab', []],
      ] as const) {
        expect(of(await next(mspId, label, journey.coi), 'CONSENT_DENIED')).toEqual(seen);
      }
      const unknown = journey.things.blood;
      await expectError(next('LabMSP', 'lab', unknown), 'UNKNOWN_COI');
    });
  });
}
