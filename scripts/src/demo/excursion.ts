import { administer, authorise, bedside, production, release } from '../journey/index.js';
import { newTherapy, type Stage, upToTheDesign } from './stage.js';

/** Patient B: a vial is too warm on the way. Nobody gives it until quality has judged that it may be. */
export async function patientB(stage: Stage): Promise<void> {
  const { expect, cast } = stage;
  const journey = await newTherapy(stage, 'patient-b', 2);
  await upToTheDesign(stage, journey);
  await production(journey, await stage.sequenceCommitment(journey));
  expect.permitted('patient B’s batch is certified', await release(journey));
  const [vial = ''] = journey.things.vials;
  await journey.handOver(vial, cast.operator, cast.courier);
  const warm = await journey.readings(vial, cast.courier, [-71, -52, -68]);
  expect.deviated('the readings on the way', warm, 'TEMPERATURE_EXCURSION');
  await journey.handOver(vial, cast.courier, cast.pharmacist);
  const early = await authorise(journey, await bedside(journey, vial, 1), vial);
  expect.refused('the vial that was too warm', early, 'DEVIATION_OPEN');
  const accepted = await journey.say(
    cast.reviewer,
    'manufacturing:RecordDisposition',
    {
      deviation: warm.receipt.deviations[0]?.id,
      subject: { kind: 'item', coi: journey.coi, id: vial },
      decision: 'permit-use',
    },
    {
      annexes: {
        investigation: { explanation: 'within what stability studies allow', evidence: [] },
      },
    },
  );
  expect.permitted('quality accepts the excursion', accepted);
  const dose = await authorise(journey, await bedside(journey, vial, 2), vial);
  expect.permitted('patient B’s dose is authorised', dose);
  expect.clean('patient B’s dose is given', await administer(journey, vial));
}
