import type { Next } from '@veinledger/domain';
import { lot, makeTemplate, type Person, startStep } from '../journey/index.js';
import { newTherapy, type Stage, upToTheDesign } from './stage.js';

/**
 * Patient G dies while the vaccine is being made. Nothing begins any more; quality decides on each thing that is left. What
 * the law keeps goes to the archive at once, what is to be destroyed waits for the days that it has.
 */
export async function patientG(stage: Stage): Promise<void> {
  const { expect, cast, tell } = stage;
  const journey = await newTherapy(stage, 'patient-g', 7);
  await upToTheDesign(stage, journey);
  await makeTemplate(journey, await stage.sequenceCommitment(journey));
  const annexes = { halt: { reason: 'deceased' } };
  const halted = await journey.say(cast.clinician, 'therapy:HaltTherapy', {}, { annexes });
  expect.clean('the physician halts patient G’s therapy', halted);
  const { template, dna } = journey.things;
  const work = {
    by: cast.operator,
    inputs: [{ item: template, consumed: true }],
    lots: [lot('NTP-1')],
  };
  const begun = await startStep(journey, 'transcription', work);
  expect.refused('the transcription of a halted therapy', begun, 'THERAPY_HALTED');

  const waiting = async (reader: Person, code: string) => {
    const next = await stage.read<Next>(reader, `/v1/therapies/${journey.coi}/next`);
    return next.acts.filter((act) => act.code === code);
  };
  const itemOf = (subject: string) => subject.replace('item ', '');
  const undecided = await waiting(cast.reviewer, 'DISPOSAL_NOT_DECIDED');
  const left = undecided.map(({ subject }) => itemOf(subject));
  for (const item of left) {
    const decided =
      item === dna
        ? { decision: 'retain', basis: 'required-traceability' }
        : { decision: 'destroy', basis: 'purpose-ended' };
    const said = await journey.say(cast.reviewer, 'custody:DecideDisposal', { item, ...decided });
    expect.permitted(`quality decides on ${item}`, said);
  }
  const archived = { item: dna, method: 'transferred-to-archive', reason: 'halted' };
  const kept = await journey.say(cast.labTechnician, 'custody:DisposeItem', archived);
  expect.clean('the laboratory archives the DNA at once', kept);
  const seen = { item: dna, evidence: 'receipt' };
  const witnessed = await journey.say(cast.reviewer, 'custody:WitnessDisposal', seen);
  expect.clean('and quality has the archive’s receipt', witnessed);

  // who was answered last reads what the others' peers may not hold yet
  const later = await waiting(cast.labTechnician, 'DISPOSAL_NOT_DONE');
  for (const { subject, since, asked } of later) {
    const who = asked.map(({ act, organisation }) => `${act} by ${organisation}`);
    tell(`${subject}: ${who.join(', ')}, from ${since} on`);
  }
  const isDecided = left.includes(template) && later.length === left.length - 1;
  expect.true('everything but the DNA waits to be destroyed', isDecided);
  const soon = halted.receipt.transactionTime;
  const waits = later.every(({ since }) => Date.parse(since) - Date.parse(soon) >= 14 * 86_400_000);
  expect.true('each for fourteen days', waits);
  const closed = await journey.say(cast.tester, 'therapy:CloseTherapy', {});
  expect.refused('the end of patient G’s therapy before that', closed, 'DISPOSAL_NOT_DONE');
}
