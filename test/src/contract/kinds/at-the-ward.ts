import { expect, it } from '@jest/globals';
import { authorise, bedside, type Person, type TherapyJourney } from '#scripts';
import {
  expectAlarm,
  expectClean,
  expectDeviation,
  expectPermitted,
  expectRefused,
} from '../../support/refusals.js';
import { ago, permitAll, type Stage } from './stage.js';

/** From the pharmacy to the patient's arm. */
export function bedsideHistories(stage: () => Stage): void {
  const check = (journey: TherapyJourney, verification: string, item: string) => ({
    ...{ verification, item, labelCoi: journey.coi },
    ...{ token: 'wristband', patient: journey.patient.id },
  });
  const give = (journey: TherapyJourney, body: object, volumeGivenMl = 1) =>
    journey.say(journey.cast.clinician, 'care:RecordAdministration', body, {
      annexes: { administration: { volumeGivenMl, volumeWastedMl: 0 } },
    });
  const secondVial = ({ things }: TherapyJourney) => things.vials[1] ?? '';

  it('of two checks that were made five hours ago is a deviation of the dose, and no check', async () => {
    const { atTheWard: journey, world } = stage();
    const { dose } = journey.things;
    const { nurse, clinician } = journey.cast;
    for (const by of [nurse, clinician]) {
      const body = check(journey, `long-ago-${by.id}`, dose);
      const late = await journey.say(by, 'care:VerifyBedside', body, { at: ago(300) });
      expectDeviation(late, 'LATE_ENTRY');
    }
    const asked = await authorise(
      journey,
      [nurse, clinician].map(({ id }) => `long-ago-${id}`),
    );
    expectRefused(asked, 'NOT_VERIFIED');
    expectRefused(asked, 'DEVIATION_OPEN');
    await permitAll(world, journey);
  });

  it('of a dose that was prepared seven hours ago counts from then, and is over', async () => {
    const { atTheWard: journey, world } = stage();
    const item = `${journey.things.dose}-old`;
    const at = ago(7 * 60);
    const prepared = {
      operation: 'prepare',
      parents: [{ item: secondVial(journey), consumed: false }],
      children: [{ item, kind: 'dose' }],
    };
    const late = { at, lateReason: 'paper-record' };
    await journey.say(journey.cast.pharmacist, 'custody:DeriveItem', prepared, late);
    const old = await world.item(journey, item);
    expect(old?.useBy).toBe(new Date(Date.parse(at) + 6 * 3_600_000).toISOString());
    expectRefused(await authorise(journey, await bedside(journey, item, 11), item), 'EXPIRED');
    await permitAll(world, journey);
  });

  it('of a pool with a vial that stands in no batch ends at the authorisation', async () => {
    const { atTheWard: journey } = stage();
    const { cast, things } = journey;
    const item = `${things.dose}-pool`;
    const pool = {
      operation: 'pool',
      parents: [secondVial(journey), things.retainedVial].map((each) => ({
        item: each,
        consumed: false,
      })),
      children: [{ item, kind: 'dose' }],
    };
    await journey.say(cast.pharmacist, 'custody:DeriveItem', pool);
    expectRefused(await authorise(journey, await bedside(journey, item, 12), item), 'NO_BATCH');
  });

  it('of a second check by who has no part in the therapy is an alarm, and one check', async () => {
    const { atTheWard: journey, filled } = stage();
    const { dose } = journey.things;
    const say = (by: Person, name: string) =>
      journey.say(by, 'care:VerifyBedside', check(journey, name, dose));
    expectClean(await say(journey.cast.nurse, 'by-a-nurse'));
    expectAlarm(await say(filled.patient, 'by-a-stranger'));
    expectRefused(await authorise(journey, ['by-a-nurse', 'by-a-stranger']), 'NOT_VERIFIED');
  });

  it('of a dose that is given after its authorisation ended deviates critically', async () => {
    const { atTheWard: journey } = stage();
    const item = secondVial(journey);
    const verifications = await bedside(journey, item, 13);
    const body = { dose: 'dose-late', number: 2, item };
    const asked = { ...body, verifications, fitness: 'go', continueAfterLapse: false };
    const late = { at: ago(120), lateReason: 'device-offline' };
    const { clinician } = journey.cast;
    expectPermitted(await journey.say(clinician, 'care:AuthoriseDose', asked, late));
    expectDeviation(
      await give(journey, { ...body, course: 'complete' }),
      'UNAUTHORISED_ADMINISTRATION',
    );
  });

  it('of an administration that was another patient’s gives the vial back to be looked at, and not the line', async () => {
    const { atTheWard: journey, world } = stage();
    const { cast } = journey;
    const item = secondVial(journey);
    const [dose] = (await world.things(journey, 'dose')).filter(({ id }) => id === 'dose-late');
    const body = { command: dose?.administrations[0]?.command, reason: 'wrong-reference' };
    for (const by of [cast.clinician, cast.pharmacist, cast.tester])
      expectPermitted(await journey.say(by, 'quality:AnnulRecord', body));
    expect(await world.item(journey, item)).toMatchObject({
      custody: 'in-custody',
      blockers: [{ code: 'UNAUTHORISED_ADMINISTRATION' }, { code: 'ENTERED_IN_ERROR' }],
    });
    await permitAll(world, journey);
    const verifications = await bedside(journey, item, 14);
    const again = await authorise(journey, verifications, item, { dose: 'dose-2', number: 2 });
    expect(again.receipt.reasons.map(({ code }) => code)).toEqual(['ORDER_LINE_TAKEN']);
  });

  it('of one syringe for two lines serves the first', async () => {
    const { atTheWard: journey } = stage();
    const { cast, things } = journey;
    const item = `${things.dose}-syringe`;
    const split = {
      operation: 'split',
      parents: [{ item: things.dose, consumed: true }],
      children: [{ item, kind: 'dose' }],
    };
    expectClean(await journey.say(cast.pharmacist, 'custody:DeriveItem', split));
    const verifications = await bedside(journey, item, 15);
    expectPermitted(await authorise(journey, verifications, item));
    const other = { dose: 'dose-twice', number: 2 };
    const again = await authorise(journey, verifications, item, other);
    expectRefused(again, 'CONTAINER_TAKEN');
    expectRefused(again, 'VERIFICATION_USED');
  });

  it('of a hold and a recall after the authorisation tells both when the syringe was given', async () => {
    const { atTheWard: journey } = stage();
    const { batch, cast, coi, things } = journey;
    const hold = {
      ...{ hold: 'hold-after', subject: { kind: 'item', coi, id: things.vials[0] } },
      ...{ reason: 'safety-signal', liftedByRole: 'quality' },
    };
    expectAlarm(await journey.say(cast.pharmacist, 'manufacturing:PlaceHold', hold));
    expectClean(await journey.say(cast.reviewer, 'manufacturing:PlaceHold', hold));
    const recall = { batch, reason: 'sterility' };
    expectClean(await journey.say(cast.safetyOfficer, 'manufacturing:RecallBatch', recall));
    const item = `${things.dose}-syringe`;
    const given = await give(journey, { dose: 'dose-1', number: 1, item, course: 'complete' });
    expectDeviation(given, 'RECALLED_PRODUCT_GIVEN');
    expectDeviation(given, 'QUARANTINED_PRODUCT_GIVEN');
    expect(given.receipt.deviations).not.toContainEqual(
      expect.objectContaining({ code: 'UNAUTHORISED_ADMINISTRATION' }),
    );
  });

  it('of a complete dose of nothing, on another line than was authorised, deviates in each', async () => {
    const { atTheWard: journey } = stage();
    const item = `${journey.things.dose}-syringe`;
    const told = await give(journey, { dose: 'dose-1', number: 2, item, course: 'complete' }, 0);
    expectDeviation(told, 'OTHER_ORDER_LINE');
    expectDeviation(told, 'VOLUME_CONTRADICTS_COURSE');
  });
}
