import { describe, expect, it } from '@jest/globals';
import { lot, NEEDED_PARTIES, type Person, send } from '#scripts';
import { expectAlarm, expectError, expectPermitted, expectRefused } from '../support/refusals.js';
import type { World } from '../support/world.js';

/** Whose word counts, and what becomes of a word that does not. */
export function standingChapter(world: () => World): void {
  describe('a word without standing', () => {
    it('is recorded, raises one alarm and moves nothing, until quality dismisses it', async () => {
      const journey = await world().newPatient();
      await journey.consent('TREATMENT_MANUFACTURE');
      await journey.consent('GENOMIC_SEQUENCING');
      expectPermitted(await journey.order(NEEDED_PARTIES));
      const { cast } = journey;
      const told = (outcome: string) =>
        journey.say(
          cast.payer,
          'care:RecordOutcome',
          { outcome },
          { annexes: { outcome: { kind: 'follow-up', observations: [] } } },
        );
      expectAlarm(await told('outcome-1'));
      expectAlarm(await told('outcome-2'));
      expect(await world().things(journey, 'outcome')).toEqual([]);
      const alarms = await world().things(journey, 'alarm');
      expect(alarms).toMatchObject([
        { organisation: 'PayerMSP', raised: { actor: cast.payer.id } },
      ]);
      const dismissal = { organisation: 'PayerMSP' };
      expectRefused(
        await journey.say(cast.operator, 'quality:DismissAlarms', dismissal),
        'NOT_QUALITY',
      );
      expectPermitted(await journey.say(cast.reviewer, 'quality:DismissAlarms', dismissal));
      expectRefused(
        await journey.say(cast.reviewer, 'quality:DismissAlarms', dismissal),
        'NO_OPEN_ALARM',
      );
      expectAlarm(await told('outcome-3'));
      const [again] = await world().things(journey, 'alarm');
      expect(again).not.toHaveProperty('dismissed');
    });

    it('on a lot is an alarm for who registered it, who reads and dismisses it', async () => {
      const { submitter } = world().bench;
      const { cast } = world();
      const body = { lot: lot('LNP-1'), kind: 'water', expiry: '2030-01-01T00:00:00.000Z' };
      const contradict = () =>
        send(submitter, cast.labTechnician, { type: 'manufacturing:RegisterLot', body });
      expectAlarm(await contradict());
      const listed = (mspId: string, label: string) =>
        submitter.read<unknown[]>({ mspId, label }, 'quality:ListLotAlarms', lot('LNP-1'));
      const owners = await listed('ManufacturerMSP', 'quality');
      expect(owners).toMatchObject([{ organisation: 'LabMSP', subject: `lot ${lot('LNP-1')}` }]);
      expect(await listed('RegulatorMSP', 'auditor')).toEqual(owners);
      await expectError(listed('LabMSP', 'lab'), 'NOT_ENTITLED');
      const dismiss = (by: Person) =>
        send(submitter, by, {
          type: 'quality:DismissAlarms',
          body: { lot: lot('LNP-1'), organisation: 'LabMSP' },
        });
      expectRefused(await dismiss(cast.labTechnician), 'NOT_THE_OWNER');
      expectRefused(await dismiss(cast.operator), 'NOT_QUALITY');
      expectPermitted(await dismiss(cast.reviewer));
    });
  });

  describe('an order', () => {
    it('needs parties that can do every step of its process, and one whose quality decides', async () => {
      const journey = await world().newPatient();
      await journey.consent('TREATMENT_MANUFACTURE');
      await journey.consent('GENOMIC_SEQUENCING');
      const alone = await journey.order(['HospitalMSP']);
      expectRefused(alone, 'ROLE_WITHOUT_PARTY');
      expectRefused(alone, 'QUALITY_NOT_NAMED');
      expectPermitted(await journey.order(NEEDED_PARTIES));
    });
  });
}
