import { beforeAll, describe, expect, it } from '@jest/globals';
import { enrol, type Person, type TherapyJourney } from '#scripts';
import type { AlertDue, EntityOf } from '@veinledger/domain';
import {
  expectClean,
  expectDeviation,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import type { World } from '../support/world.js';
import { ago } from './kinds/stage.js';

/**
 * A recall after a dose was given: told to the physician, late, and by the physician to the patient.
 * @param journey a therapy whose second vial nobody gave yet
 */
export function alertHistories(world: () => World, journey: () => TherapyJourney): void {
  describe('a recall after a dose was given', () => {
    const batchOf = () => journey().batch;
    let service: Person;
    let recall = '';

    const due = async () => {
      const reader = { mspId: 'HospitalMSP', label: 'nurse' };
      const { submitter } = world().bench;
      const all = await submitter.read<AlertDue[]>(reader, 'quality:ListAlertsDue', journey().coi);
      return all.filter(({ cause }) => cause.command === recall);
    };
    const ofDose = async (dose: string): Promise<EntityOf<'alert'>> => {
      const alerts = await world().things(journey(), 'alert');
      const found = alerts.find((each) => each.dose === dose);
      if (!found) throw new Error(`no alert of ${dose}`);
      return found;
    };

    beforeAll(async () => {
      const { bench, cast } = world();
      const id = 'manufacturer.recall-service';
      const of = { id, organisation: 'ManufacturerMSP', roles: ['quality' as const] };
      service = await enrol(bench.submitter, bench.consortium, of, 'service');
      const given = { dose: 'dose-on-paper', number: 2, item: journey().things.vials[1] };
      const late = { at: ago(180), lateReason: 'paper-record' };
      await journey().say(
        cast.clinician,
        'care:RecordAdministration',
        { ...given, course: 'complete' },
        { annexes: { administration: { volumeGivenMl: 1, volumeWastedMl: 0 } }, ...late },
      );
      const recalled = await journey().say(
        cast.safetyOfficer,
        'manufacturing:RecallBatch',
        { batch: batchOf(), reason: 'sterility' },
        { at: ago(100), lateReason: 'device-offline' },
      );
      recall = recalled.receipt.commandId;
    });

    it('is due to the physician of each dose, though nobody has stated it', async () => {
      expect((await due()).map((each) => each.kind === 'acknowledgement' && each.dose)).toEqual([
        'dose-1',
        'dose-2',
        'dose-on-paper',
      ]);
    });

    it('is stated in the therapy once, by a service of who recalled it', async () => {
      const state = () => journey().say(service, 'quality:StateAlert', { command: recall });
      const stated = await state();
      expectPermitted(stated);
      expect(stated.receipt.changed).toHaveLength(3);
      expectRefused(await state(), 'ALREADY_STATED');
    });

    it('is acknowledged late, which stands in the acknowledgement and in anybody’s report', async () => {
      const { cast } = world();
      const { id: alert } = await ofDose('dose-on-paper');
      expectClean(await journey().say(cast.nurse, 'care:ReportOverdueAlert', { alert }));
      expectPermitted(await journey().say(cast.clinician, 'care:AcknowledgeAlert', { alert }));
      const { acknowledged, overdue } = await ofDose('dose-on-paper');
      expect(overdue).toMatchObject([{ actor: cast.nurse.id, asked: 'safety-officer' }]);
      expect(acknowledged).toMatchObject({ actor: cast.clinician.id, as: 'physician' });
      expect(acknowledged?.overdueMinutes).toBeGreaterThanOrEqual(70);
      expect(await due()).toMatchObject([
        { dose: 'dose-1', asked: 'physician' },
        { dose: 'dose-2', asked: 'physician' },
      ]);
    });

    it('is acknowledged by no safety officer while it is the physician’s turn', async () => {
      const { id: alert } = await ofDose('dose-1');
      const { safetyOfficer } = world().cast;
      const asked = await journey().say(safetyOfficer, 'care:AcknowledgeAlert', { alert });
      expectRefused(asked, 'NOT_YET_ASKED');
    });

    it('is told to the patient, and when', async () => {
      const { clinician } = world().cast;
      const { id: alert } = await ofDose('dose-on-paper');
      const at = ago(20);
      const told = { at, lateReason: 'paper-record' };
      expectDeviation(
        await journey().say(clinician, 'care:RecordPatientTold', { alert }, told),
        'LATE_ENTRY',
      );
      const { patientTold } = await ofDose('dose-on-paper');
      expect(patientTold).toMatchObject([{ actor: clinician.id, at }]);
    });
  });
}
