import {
  authorise,
  bedside,
  delivery,
  doStep,
  production,
  type StepWork,
  type TherapyJourney,
} from '#scripts';
import { expect, test } from '@jest/globals';
import type { RoutesChapter } from './stage.js';

/** The prepared dose is held, and gone on with by a physician and a release person. */
async function goOn(journey: TherapyJourney): Promise<void> {
  const { cast, coi, things } = journey;
  const subject = { kind: 'item', coi, id: things.dose };
  const hold = { hold: 'hold-dose', subject, reason: 'investigation', liftedByRole: 'quality' };
  await journey.say(cast.safetyOfficer, 'manufacturing:PlaceHold', hold);
  const body = { decision: 'decision-1', item: things.dose, continueAfterLapse: false };
  const explanation = { explanation: 'thawed, and nothing else helps' };
  for (const by of [cast.clinician, cast.releasePerson]) {
    const said = await journey.say(by, 'care:DecideToGoOn', body, { annexes: { explanation } });
    expect(said.receipt).toMatchObject({ decision: 'permitted', reasons: [] });
  }
}

/** A second batch, which is not sterile and is given all the same. */
export const exceptionRoutes: RoutesChapter = (stage) => {
  test('carry an exception for a batch outside its specification', async () => {
    const { cast, journey, trace } = stage();
    const design = (await trace()).things.find(({ noun }) => noun === 'design');
    const again = journey.makeAgain();
    const { batch, things } = again;
    await production(again, design?.commitment ?? '');
    const work: StepWork = {
      ...{ by: cast.tester, attempt: 3, batch },
      inputs: [{ item: things.sampleVial, consumed: true }],
    };
    const results = { 'identity-by-sequencing': true, potency: 103, endotoxin: 0.1 };
    const failed = await doStep(again, 'release-tests', work, { ...results, sterility: false });
    expect(failed.receipt.deviations).toMatchObject([{ code: 'SAFETY_CHECK_FAILED' }]);
    const exception = { exception: 'exception-1' };
    const explanation = { annexes: { explanation: { explanation: 'nothing else helps' } } };
    const investigation = { explanation: 'skin flora, one colony', evidence: [] };
    const request = { ...exception, batch };
    await again.say(cast.clinician, 'care:RequestException', request, explanation);
    await again.say(
      cast.reviewer,
      'quality:EvaluateException',
      { ...exception, finding: 'supply' },
      { annexes: { investigation } },
    );
    const accept = () => again.say(cast.clinician, 'care:AcceptException', exception, explanation);
    const codesOf = async (said: ReturnType<typeof accept>) =>
      (await said).receipt.reasons.map(({ code }) => code);
    expect(await codesOf(accept())).toEqual(['CONSENT_NOT_ACTIVE']);
    await again.consent('OOS_ADMINISTRATION');
    expect(await codesOf(accept())).toEqual([]);
    expect(await codesOf(again.say(cast.reviewer, 'manufacturing:ReviewBatch', { batch }))).toEqual(
      [],
    );
    const certify = again.say(cast.releasePerson, 'manufacturing:CertifyBatch', { batch });
    expect(await codesOf(certify)).toContain('CHECK_FAILED');
    await delivery(again);
    await goOn(again);
    const verified = await bedside(again, things.dose, 30);
    const dose = { dose: 'dose-exception', number: 3 };
    expect(await codesOf(authorise(again, verified, things.dose, dose))).toEqual([]);
    const notification = { ...exception, authority: 'pei' };
    const told = await again.say(cast.safetyOfficer, 'quality:ReportNotification', notification);
    expect(told.receipt).toMatchObject({ effect: 'taken', deviations: [] });
  });
};
