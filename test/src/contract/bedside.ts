import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  administer,
  analysis,
  authorise,
  bedside,
  delivery,
  enrolment,
  followUp,
  type Person,
  production,
  release,
  send,
  sequencing,
  type TherapyJourney,
} from '#scripts';
import { stateOf } from '@veinledger/domain';
import {
  expectAlarm,
  expectClean,
  expectDeviation,
  expectError,
  expectPermitted,
  expectRefused,
} from '../support/refusals.js';
import type { Trace, World } from '../support/world.js';
import { alertHistories } from './alerts.js';
import { exceptionHistories } from './exceptions.js';
import { override, overrideHistories } from './overrides.js';
import { passHistories } from './passes.js';

/** Plays a therapy up to the ward: dose prepared, a second vial in the pharmacy. */
async function atTheWard(world: World, second = {}): Promise<TherapyJourney> {
  const journey = await world.newPatient();
  await enrolment(journey, second);
  await sequencing(journey);
  await analysis(journey);
  const [design] = await world.things(journey, 'design');
  await production(journey, design?.commitment ?? '');
  expectPermitted(await release(journey));
  await delivery(journey);
  return journey;
}

/** From the patient's biopsy back to the same patient's arm. */
export function bedsideChapter(world: () => World): void {
  describe('at the bedside', () => {
    let journey: TherapyJourney;
    let other: TherapyJourney;
    beforeAll(async () => {
      [journey, other] = await Promise.all([
        atTheWard(world()),
        atTheWard(world(), { containers: 2 }),
      ]);
    });

    it('no dose is authorised without two staff and the patient’s token', async () => {
      const { cast, things } = journey;
      expectRefused(await authorise(journey, ['never-recorded']), 'NOT_VERIFIED');
      const body = {
        verification: 'verification-alone',
        item: things.dose,
        labelCoi: journey.coi,
        token: 'witnessed',
        patient: journey.patient.id,
      };
      expectClean(await journey.say(cast.nurse, 'care:VerifyBedside', body));
      const alone = await authorise(journey, ['verification-alone']);
      expectRefused(alone, 'NOT_VERIFIED');
      expectRefused(alone, 'TOKEN_NOT_READ');
    });

    it('a dose that was not ordered, or that the patient is not fit for, is refused', async () => {
      const verifications = await bedside(journey, journey.things.dose, 2);
      const body = {
        dose: 'dose-9',
        number: 9,
        item: journey.things.dose,
        verifications,
        fitness: 'no-go',
        continueAfterLapse: false,
      };
      const asked = await journey.say(journey.cast.clinician, 'care:AuthoriseDose', body);
      expectRefused(asked, 'DOSE_NOT_ORDERED');
      expectRefused(asked, 'NOT_FIT');
    });

    it('another patient’s dose is scanned: recorded, critical, and refused', async () => {
      const scanned = await other.say(other.cast.nurse, 'care:VerifyBedside', {
        verification: 'verification-of-the-wrong-dose',
        item: journey.things.vials[1],
        labelCoi: journey.coi,
        token: 'wristband',
        patient: other.patient.id,
      });
      expectDeviation(scanned, 'FOREIGN_ITEM');
      expect(scanned.receipt.deviations).toHaveLength(1);
      const asked = await authorise(
        other,
        ['verification-of-the-wrong-dose'],
        journey.things.vials[1],
      );
      expectRefused(asked, 'FOREIGN_ITEM');
      expectRefused(asked, 'IDENTITY_MISMATCH');
      const vial = await world().item(journey, journey.things.vials[1] ?? '');
      expect(vial && stateOf(vial)).toBe('quarantined');
    });

    it('after a mismatch the right container needs a fresh check by both, and no quality', async () => {
      const { cast, things, coi, patient } = other;
      const check = (by: Person, verification: string, item = things.dose, labelCoi = coi) =>
        other.say(by, 'care:VerifyBedside', {
          ...{ verification, item, labelCoi },
          ...{ token: 'witnessed', patient: patient.id },
        });
      const first = { dose: 'dose-1', number: 2 };
      expectClean(await check(cast.nurse, 'before'));
      expect((await world().things(other, 'verification')).map(({ id }) => id)).not.toContain(
        'before',
      );
      const [, wrong] = journey.things.vials;
      expectDeviation(await check(cast.nurse, 'wrong', wrong, journey.coi), 'FOREIGN_ITEM');
      expectClean(await check(cast.clinician, 'second'));
      const tooEarly = await authorise(other, ['before', 'second'], things.dose, first);
      expectRefused(tooEarly, 'NOT_VERIFIED');
      expectClean(await check(cast.nurse, 'fresh'));
      const seen = (await world().things(other, 'verification')).map(({ id }) => id);
      expect(seen).toEqual(expect.arrayContaining(['fresh', 'second']));
      expectPermitted(await authorise(other, ['fresh', 'second'], things.dose, first));
      const interrupted = { ...first, course: 'interrupted' };
      expectClean(await administer(other, things.dose, interrupted));
    });

    it('a line of two containers takes a second and no third, and what remains is ordered anew', async () => {
      const { cast, things } = other;
      const [, vial] = things.vials;
      const second = { dose: 'dose-2', number: 2 };
      const verifications = await bedside(other, vial, 7);
      expectPermitted(await authorise(other, verifications, vial, second));
      expectClean(await administer(other, vial, second));
      const third = { dose: 'dose-3', number: 2 };
      expectRefused(await authorise(other, ['none'], things.vials[2], third), 'ORDER_LINE_TAKEN');
      const orderLine = (containers: number, patientSeen = true) =>
        other.say(cast.clinician, 'therapy:OrderLine', {
          ...{ replaces: 2, patientSeen },
          line: {
            ...{ dose: 3, day: 78, site: '4012345000016', depot: '4012345000023' },
            ...{ slot: 'slot-3', containers },
          },
        });
      expectRefused(await orderLine(2), 'AMOUNT_EXCEEDED');
      expectPermitted(await orderLine(1));
      expectRefused(
        await authorise(other, ['none'], things.vials[2], third),
        'ORDER_LINE_REPLACED',
      );
      const remainder = { ...third, number: 3 };
      const asked = await authorise(other, ['none'], things.vials[2], remainder);
      expect(asked.receipt.reasons.map(({ subject }) => subject)).not.toContain('dose line 3');
    });

    it('a courier is told of no result of a step, in the trace and of each command', async () => {
      const courier = { mspId: 'CourierMSP', label: 'courier' };
      const { records } = await world().trace(other);
      const { submitter } = world().bench;
      const told = await submitter.read<Trace>(courier, 'audit:TraceTherapy', other.coi);
      expect(told.records.filter(({ verdicts }) => verdicts.length > 0)).toEqual([]);
      const reported = records.find(({ type }) => type === 'manufacturing:ReportStep');
      expect(reported?.verdicts.length).toBeGreaterThan(0);
      await expectError(
        submitter.read(courier, 'audit:ReadCommand', reported?.commandId ?? ''),
        'NOT_ENTITLED',
      );
    });

    it('what befell the patient is recorded by whoever meets them, and by the patient', async () => {
      const { cast, patient } = journey;
      const tell = (
        by: Person,
        adverseEvent: string,
        rest: { at?: string; lateReason?: string } = {},
      ) =>
        journey.say(
          by,
          'care:ReportAdverseEvent',
          { adverseEvent, onset: '2026-11-01T08:00:00.000Z' },
          {
            annexes: {
              description: { seriousness: 'hospitalisation', description: 'Fever and shivering.' },
            },
            ...rest,
          },
        );
      expectClean(await tell(cast.nurse, 'fever-1'));
      expectClean(await tell(patient, 'fever-2'));
      expectDeviation(await tell(cast.pharmacist, 'fever-1'), 'IDENTIFIER_TAKEN');
      expectAlarm(await tell(other.patient, 'fever-3'));
      const at = new Date(Date.now() - 3_600_000).toISOString();
      const late = { at, lateReason: 'paper-record' };
      expectDeviation(await tell(cast.collector, 'fever-4', late), 'LATE_ENTRY');
      await expectError(tell(cast.auditor, 'fever-5'), 'ROLE_MISSING');
      const told = await world().things(journey, 'adverse-event');
      expect(told.map(({ id, reported }) => [id, reported.actor])).toEqual([
        ['fever-1', cast.nurse.id],
        ['fever-2', patient.id],
        ['fever-4', cast.collector.id],
      ]);
    });

    it('the right dose is authorised and given, whatever befell the patient before, and the therapy’s chain is whole', async () => {
      const verifications = await bedside(journey, journey.things.dose, 3);
      expectPermitted(await authorise(journey, verifications));
      expectClean(await administer(journey));
      expectClean(await followUp(journey));
      expect((await world().item(journey, journey.things.dose))?.custody).toBe('administered');
    });

    exceptionHistories(world, () => journey);
    passHistories(world, () => journey);

    it('a second dose on the same line of the order is refused, and the first is named', async () => {
      const [, vial] = journey.things.vials;
      const verifications = await bedside(journey, vial, 6);
      const again = await journey.say(journey.cast.clinician, 'care:AuthoriseDose', {
        dose: 'dose-again',
        number: 1,
        item: vial,
        verifications,
        fitness: 'go',
        continueAfterLapse: false,
      });
      expectRefused(again, 'ORDER_LINE_TAKEN');
      expect(again.receipt.reasons).toContainEqual(
        expect.objectContaining({ code: 'ORDER_LINE_TAKEN', found: 'dose dose-1' }),
      );
    });

    it('what nobody authorised is recorded when it was given, and is a critical deviation', async () => {
      const given = await administer(journey);
      expectDeviation(given, 'UNAUTHORISED_ADMINISTRATION');
      expect((await world().item(journey, journey.things.dose))?.custody).toBe('administered');
      const [, vial] = journey.things.vials;
      const verifications = await bedside(journey, vial, 4);
      expectRefused(await authorise(journey, verifications, vial), 'DEVIATION_OPEN');
    });

    overrideHistories(world, () => other);
    alertHistories(world, () => other);

    it('a recalled batch and a withdrawn consent each stop the dose', async () => {
      const { patient, cast, things } = journey;
      const recall = { batch: journey.batch, reason: 'sterility' };
      expectClean(await journey.say(cast.safetyOfficer, 'manufacturing:RecallBatch', recall));
      const withdraw = {
        type: 'consent:WithdrawConsent',
        body: { purpose: 'TREATMENT_MANUFACTURE' },
      };
      expectClean(await send(world().bench.submitter, patient, withdraw));
      const verifications = await bedside(journey, things.vials[1], 5);
      const asked = await journey.say(cast.clinician, 'care:AuthoriseDose', {
        dose: 'dose-2',
        number: 2,
        item: things.vials[1],
        verifications,
        fitness: 'go',
        continueAfterLapse: true,
        lapse: { notAsked: 'unconscious', waiting: 'endangers-life' },
      });
      expectRefused(asked, 'RECALLED');
      expectRefused(asked, 'CONSENT_DENIED');
    });

    it('neither is overridden in an emergency, and both are named', async () => {
      const asked = await override(journey, journey.cast.clinician, {
        ...{ dose: 'dose-emergency', number: 2, item: journey.things.vials[1] },
      });
      expectRefused(asked, 'RECALLED');
      expectRefused(asked, 'CONSENT_DENIED');
    });

    it('the chain of blocks is intact', async () => {
      expect(await world().bench.ledger.verify()).toMatchObject({ intact: true });
    });
  });
}
