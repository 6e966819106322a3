import {
  administer,
  askToThaw,
  authorise,
  bedside,
  CELL_TESTS,
  cellsOf,
  collectCells,
  depleteLymphocytes,
  makeCells,
  registerVector,
  testCells,
  thaw,
  type TherapyJourney,
} from '../journey/index.js';
import { newTherapy, type Stage } from './stage.js';

const named = { exception: 'exception-1' };
const explanation = (text: string) => ({ annexes: { explanation: { explanation: text } } });

/**
 * Patient E: cells with more copies of the vector than their specification allows, and no time to make others. They are
 * given under an exception that physician, quality and patient each agree to.
 */
export async function patientE(stage: Stage): Promise<void> {
  const { expect, cast } = stage;
  const journey = await newTherapy(stage, 'patient-e', 5);
  await registerVector(stage.submitter, cast);
  await collectCells(journey);
  await makeCells(journey);
  await testAll(stage, journey);
  const { batch } = journey;
  const certify = () => journey.say(cast.releasePerson, 'manufacturing:CertifyBatch', { batch });
  expect.refused('the certification outside the specification', await certify(), 'CHECK_FAILED');
  await agree(stage, journey);
  const review = await journey.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch });
  expect.permitted('the review under the exception', review);
  expect.refused('the certification, which nobody gives', await certify(), 'CHECK_FAILED');
  await journey.ship(cellsOf(journey).bags, cast.operator, cast.pharmacist, () => -150);
  expect.clean('the lymphodepletion', await depleteLymphocytes(journey));
  expect.permitted('the thaw, which cannot be undone', await askToThaw(journey));
  expect.clean('the bag is thawed', await thaw(journey));
  const dose = await authorise(journey, await bedside(journey));
  expect.permitted('patient E’s dose is authorised', dose);
  expect.clean('patient E’s dose is given', await administer(journey));
  const notification = { ...named, authority: 'pei' };
  const told = await journey.say(cast.safetyOfficer, 'quality:ReportNotification', notification);
  expect.clean('the authority is told within 48 hours', told);
}

/** The failed test comes last: after it nothing begins on the cells. */
async function testAll({ expect }: Stage, journey: TherapyJourney): Promise<void> {
  const tests = Object.keys(CELL_TESTS) as (keyof typeof CELL_TESTS)[];
  for (const test of tests.filter((each) => each !== 'vector-copy-test'))
    expect.clean(test, await testCells(journey, test));
  const failed = await testCells(journey, 'vector-copy-test', { 'vector-copies': 5.8 });
  expect.deviated('the copies of the vector', failed, 'SAFETY_CHECK_FAILED');
}

/** The physician asks, quality evaluates, the patient consents, and only then the physician accepts. */
async function agree({ expect, cast }: Stage, journey: TherapyJourney): Promise<void> {
  const { batch } = journey;
  const requested = await journey.say(
    cast.clinician,
    'care:RequestException',
    { ...named, batch },
    explanation('the disease leaves no time to make others'),
  );
  expect.permitted('the physician asks for an exception', requested);
  const investigation = { explanation: 'one cell in six carries a sixth copy', evidence: [] };
  const evaluated = await journey.say(
    cast.reviewer,
    'quality:EvaluateException',
    { ...named, finding: 'supply' },
    { annexes: { investigation } },
  );
  expect.permitted('quality evaluates the risks', evaluated);
  const accept = () =>
    journey.say(
      cast.clinician,
      'care:AcceptException',
      named,
      explanation('the risk is smaller than that of waiting'),
    );
  expect.refused('the acceptance before the patient’s', await accept(), 'CONSENT_NOT_ACTIVE');
  const consent = await journey.consent('OOS_ADMINISTRATION');
  expect.permitted('patient E consents to the exception', consent);
  expect.permitted('the physician accepts', await accept());
}
