import { expect, it } from '@jest/globals';
import { enrolmentBody, registrarOf, reportStep, send, startStep } from '#scripts';
import {
  expectAlarm,
  expectDeviation,
  expectPermitted,
  expectRefused,
} from '../../support/refusals.js';
import type { World } from '../../support/world.js';

/** What somebody says of a sample, and who says it. */
export function factHistories(world: () => World): void {
  it('of a courier who holds nothing moves nothing, and the next step begins', async () => {
    const journey = await world().sampledTherapy();
    const { cast, things } = journey;
    const { tumour: item } = things;
    expectAlarm(await journey.readings(item, cast.courier, [150]));
    expectAlarm(await journey.receive(item, cast.courier, 'never-released'));
    expectAlarm(await journey.say(cast.courier, 'custody:ReportLoss', { item }));
    const inputs = [{ item, consumed: true }];
    expectPermitted(await startStep(journey, 'pathology', { by: cast.pathologist, inputs }));
  });

  it('of a vial that pathology made goes no further, and pathology on nothing does not begin', async () => {
    const journey = await world().sampledTherapy();
    const { cast, things } = journey;
    const [vial = ''] = things.vials;
    const inputs = [{ item: things.tumour, consumed: true }];
    const work = { by: cast.pathologist, inputs, outputs: [{ item: vial, kind: 'vial' }] };
    expectRefused(await startStep(journey, 'pathology', { by: cast.pathologist }), 'NO_INPUT');
    await reportStep(journey, 'pathology', work, { 'tumour-content': 45 });
    const extraction = { by: cast.labTechnician, inputs: [{ item: vial, consumed: true }] };
    expectRefused(await startStep(journey, 'extraction', extraction), 'KIND_NOT_MADE');
  });

  it('of a mix-up tells neither therapy of the other', async () => {
    const [journey, other] = [await world().sampledTherapy(), await world().orderedTherapy()];
    const { tumour } = journey.things;
    const scanned = await other.say(other.cast.nurse, 'care:VerifyBedside', {
      ...{ verification: 'mix-up', item: tumour, labelCoi: journey.coi },
      ...{ token: 'wristband', patient: journey.patient.id },
    });
    expectDeviation(scanned, 'FOREIGN_ITEM');
    const there = JSON.stringify([scanned.receipt, await world().trace(other)]);
    for (const name of [journey.coi, tumour, journey.patient.id]) expect(there).not.toContain(name);
    const here = JSON.stringify(await world().trace(journey));
    for (const name of [other.coi, other.patient.id]) expect(here).not.toContain(name);
  });

  it('of a deviation that safety officer or collector saw is on record and stops what it is about', async () => {
    const journey = await world().sampledTherapy();
    const { cast, coi, things } = journey;
    const seen = {
      subject: { kind: 'item', coi, id: things.tumour },
      ...{ code: 'CONTAMINATION_SUSPECTED', classification: 'major' },
    };
    for (const by of [cast.safetyOfficer, cast.collector]) {
      const told = await journey.say(by, 'manufacturing:ReportDeviation', seen);
      expectDeviation(told, 'CONTAMINATION_SUSPECTED');
    }
    const inputs = [{ item: things.tumour, consumed: true }];
    expectRefused(
      await startStep(journey, 'pathology', { by: cast.pathologist, inputs }),
      'DEVIATION_OPEN',
    );
  });

  it('of one pair of keys in two names ends at the second enrolment', async () => {
    const { bench, cast } = world();
    const newcomer = { id: 'manufacturer.twin', roles: ['release-person' as const] };
    const body = await enrolmentBody(bench.submitter.network, newcomer, cast.reviewer.keys);
    const registrar = registrarOf(bench.consortium, 'ManufacturerMSP');
    expectRefused(
      await send(bench.submitter, registrar, { type: 'registry:EnrolActor', body }),
      'KEY_TAKEN',
    );
  });
}
