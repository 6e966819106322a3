import { registrarOf, send } from '#scripts';
import { expect, test } from '@jest/globals';
import type { RoutesChapter } from './stage.js';

/** What goes otherwise than it should. */
export const otherwiseRoutes: RoutesChapter = (stage) => {
  test('carry what goes otherwise', async () => {
    const { bench, submitter, cast, patient, journey, trace } = stage();
    const subject = { kind: 'therapy', coi: journey.coi };
    const reported = await journey.say(cast.nurse, 'manufacturing:ReportDeviation', {
      subject,
      code: 'DOCUMENTATION_FAULT',
      classification: 'minor',
    });
    await journey.say(cast.reviewer, 'manufacturing:RecordDisposition', {
      deviation: reported.receipt.deviations[0]?.id,
      decision: 'permit-use',
    });
    const hold = { hold: 'hold-1', subject, reason: 'investigation', liftedByRole: 'quality' };
    await journey.say(cast.reviewer, 'manufacturing:PlaceHold', hold);
    await journey.say(cast.reviewer, 'manufacturing:LiftHold', { hold: 'hold-1' });
    await journey.say(cast.safetyOfficer, 'manufacturing:RecallBatch', {
      batch: journey.batch,
      reason: 'stability',
    });
    await journey.say(cast.pharmacist, 'custody:DisposeItem', {
      item: journey.things.vials[1],
      method: 'incinerated',
      reason: 'recalled',
    });
    await send(submitter, patient, {
      type: 'consent:RefuseConsent',
      body: { purpose: 'RESEARCH' },
    });
    await send(submitter, patient, {
      type: 'consent:WithdrawConsent',
      body: { purpose: 'GENOMIC_SEQUENCING' },
    });
    const registrar = registrarOf(bench.consortium, 'CourierMSP');
    await send(submitter, registrar, {
      type: 'registry:RevokeActor',
      body: { actor: cast.courier.id, reason: 'left' },
    });
    expect((await trace()).records.length).toBeGreaterThan(60);
  });
};
