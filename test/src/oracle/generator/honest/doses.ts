import { attestedBy } from '../../definition.js';
import type { Journey } from './journey.js';
import { givesContainers } from './things.js';

/** What is given at a line is prepared of its container; where that cannot be undone, it is asked for before (A10). */
export async function prepare(journey: Journey, line: number): Promise<void> {
  const [step] = attestedBy(journey.definition, 'custody:DeriveItem');
  if (!step) return;
  const by = journey.whoIs(step.roles);
  const container = journey.of('container')[line - 1];
  if (step.irreversible) {
    await journey.told.say(by, 'manufacturing:StartStep', {
      step: step.id,
      attempt: line,
      inputs: [container],
      datasets: [],
      batch: journey.batch,
    });
  }
  await journey.told.say(by, step.attestedBy, {
    operation: 'prepare',
    parents: [{ item: container, consumed: true }],
    children: [{ item: journey.given(line), kind: step.outputs[0] }],
  });
}

/** The dose of a line: prepared where the first one was not enough, checked by two, authorised and given. */
export async function giveAt(journey: Journey, line: number): Promise<void> {
  const { told, cast, patient, coi } = journey;
  if (line > 1 && !givesContainers(journey.definition)) await prepare(journey, line);
  const item = journey.given(line);
  const verifications: string[] = [];
  for (const person of [cast.nurse, cast.clinician]) {
    const verification = `verification-${line}-${verifications.length + 1}`;
    const scanned = { item, labelCoi: coi, token: 'wristband', patient: patient.id };
    await told.say(person, 'care:VerifyBedside', { verification, ...scanned });
    verifications.push(verification);
  }
  const dose = { dose: `dose-${line}`, number: line, item };
  const checked = { verifications, fitness: 'go', continueAfterLapse: false, ...journey.open };
  await told.say(cast.clinician, 'care:AuthoriseDose', { ...dose, ...checked });
  const annexes = { administration: { volumeGivenMl: 1, volumeWastedMl: 0 } };
  const given = { ...dose, course: 'complete' };
  await told.say(cast.clinician, 'care:RecordAdministration', given, { annexes });
}
