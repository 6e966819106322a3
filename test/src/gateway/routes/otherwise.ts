import { doStep, lot, registrarOf, reportStep, send, serialised, serialOf } from '#scripts';
import { expect, test } from '@jest/globals';
import type { RoutesChapter } from './stage.js';

const CONTROLS = {
  results: [{ control: 'phix-error-rate', value: 9.4 }],
  explanation: 'the control library was degraded',
  evidence: [],
};

/** What goes otherwise than it should. */
export const otherwiseRoutes: RoutesChapter = (stage) => {
  test('carry what goes otherwise', async () => {
    const { bench, submitter, cast, patient, journey, trace } = stage();
    const [, emergency] = journey.things.vials;
    const override = { dose: 'dose-emergency', number: 3, item: emergency };
    for (const by of [cast.clinician, cast.pharmacist]) {
      const body = { verifications: [], reason: 'life-threatening', continueAfterLapse: false };
      const { receipt } = await journey.say(
        by,
        'care:OverrideDose',
        { ...override, ...body },
        { annexes: { explanation: { explanation: 'nothing else helps' } } },
      );
      expect(receipt.reasons).toEqual([]);
    }
    const reviewed = await journey.say(
      cast.reviewer,
      'quality:ReviewOverride',
      { dose: 'dose-emergency', finding: 'justified' },
      { annexes: { investigation: { explanation: 'looked into', evidence: [] } } },
    );
    expect(reviewed.receipt.reasons).toEqual([]);
    const subject = { kind: 'therapy', coi: journey.coi };
    const inputs = [{ item: journey.things.retainedVial, consumed: false }];
    const work = { by: cast.tester, attempt: 2, inputs };
    const results = {
      'identity-by-sequencing': true,
      potency: 40,
      endotoxin: 0.1,
      sterility: true,
    };
    await doStep(journey, 'release-tests', work, results);
    const failed = { investigation: 'INV-1', step: 'release-tests', attempt: 2, check: 'potency' };
    for (const phase of ['laboratory', 'full'])
      await journey.say(cast.reviewer, 'quality:OpenInvestigation', { ...failed, phase });
    await journey.say(
      cast.reviewer,
      'quality:ConcludeInvestigation',
      { investigation: 'INV-1', cause: 'process' },
      { annexes: { investigation: { explanation: 'degraded in the syringe', evidence: [] } } },
    );
    const reported = await journey.say(cast.nurse, 'manufacturing:ReportDeviation', {
      subject,
      code: 'DOCUMENTATION_FAULT',
      classification: 'minor',
    });
    await journey.say(cast.reviewer, 'manufacturing:RecordDisposition', {
      deviation: reported.receipt.deviations[0]?.id,
      subject,
      decision: 'permit-use',
    });
    const kit = { lot: lot('EX-1'), kind: 'water', expiry: '2030-01-01T00:00:00.000Z' };
    for (const [type, body] of [
      ['manufacturing:RegisterLot', kit],
      ['manufacturing:RegisterRun', { run: 'run-1', flowCell: 'FC-9', instrument: 'SEQ-9' }],
    ] as const) {
      const contradicted = await send(submitter, cast.operator, { type, body });
      expect(contradicted.receipt).toMatchObject({ effect: 'none', deviations: [] });
    }
    const dismissed = await send(submitter, cast.labTechnician, {
      type: 'quality:DismissAlarms',
      body: { lot: lot('EX-1'), organisation: 'ManufacturerMSP' },
    });
    expect(dismissed.receipt).toMatchObject({ decision: 'permitted', reasons: [] });
    const hold = { hold: 'hold-1', subject, reason: 'investigation', liftedByRole: 'quality' };
    await journey.say(cast.reviewer, 'manufacturing:PlaceHold', hold);
    await journey.say(cast.reviewer, 'manufacturing:LiftHold', { hold: 'hold-1' });
    const { batch } = journey;
    await reportStep(
      journey,
      'release-tests',
      { by: cast.tester, batch },
      { 'identity-by-sequencing': true, potency: 103, endotoxin: 0.1, sterility: false },
    );
    await journey.say(
      cast.reviewer,
      'quality:DecideNoRecall',
      { batch, step: 'release-tests', attempt: 1 },
      { annexes: { investigation: { explanation: 'looked into', evidence: [] } } },
    );
    const recalled = await journey.say(cast.safetyOfficer, 'manufacturing:RecallBatch', {
      batch,
      reason: 'stability',
    });
    const stated = await journey.say(cast.reviewer, 'quality:StateAlert', {
      command: recalled.receipt.commandId,
    });
    const alert = stated.receipt.changed[0]?.replace('alert ', '');
    for (const [by, type] of [
      [cast.nurse, 'care:ReportOverdueAlert'],
      [cast.clinician, 'care:AcknowledgeAlert'],
      [cast.clinician, 'care:RecordPatientTold'],
    ] as const) {
      const { receipt } = await journey.say(by, type, { alert });
      expect(receipt).toMatchObject({ reasons: [], deviations: [] });
    }
    await journey.say(cast.releasePerson, 'quality:AnnulRecord', {
      command: reported.receipt.commandId,
      reason: 'recorded-twice',
    });
    await send(submitter, cast.reviewer, {
      type: 'manufacturing:RecallLot',
      body: { lot: lot('LNP-1'), reason: 'supplier-notice' },
    });
    await send(submitter, cast.labTechnician, {
      type: 'manufacturing:ReportRunFailure',
      body: { run: 'run-1', reason: 'index-hopping', perMille: 12 },
    });
    for (const [by, type, body, rest] of [
      [cast.operator, 'manufacturing:RegisterRun', { flowCell: 'FC-3', instrument: 'SEQ-1' }],
      [cast.operator, 'manufacturing:ReportRunFailure', { reason: 'controls-failed' }],
      [cast.reviewer, 'manufacturing:ConfirmRunFailure', {}, { annexes: { controls: CONTROLS } }],
    ] as const) {
      const { receipt } = await send(submitter, by, {
        ...{ type, body: { run: 'run-confirmed', ...body } },
        ...rest,
      });
      expect(receipt).toMatchObject({ reasons: [], deviations: [] });
    }
    await journey.say(cast.pharmacist, 'custody:DisposeItem', {
      item: journey.things.vials[1],
      method: 'incinerated',
      reason: 'recalled',
    });
    const [astray] = journey.things.vials.slice(2);
    await journey.say(cast.pharmacist, 'custody:ReportLoss', { item: astray });
    await journey.say(cast.pharmacist, 'custody:ReportFound', {
      item: astray,
      condition: 'intact',
      labelRead: astray,
    });
    const relabelled = await journey.say(cast.operator, 'custody:RelabelItem', {
      ...{ item: astray, labelRead: astray, reason: 'damaged', formerLabel: 'destroyed' },
      label: serialised('vial', `${serialOf(journey)}-again`),
    });
    expect(relabelled.receipt).toMatchObject({ effect: 'taken', deviations: [] });
    await send(submitter, cast.reviewer, {
      type: 'registry:RecordRota',
      body: {
        organisation: 'ManufacturerMSP',
        role: 'quality',
        periods: [],
        deputies: [cast.reviewer.id],
        management: [cast.releasePerson.id],
      },
    });
    await send(submitter, cast.reviewer, {
      type: 'registry:RecordTraining',
      body: {
        actor: cast.tester.id,
        process: { id: 'pcv-mrna', version: '1.0' },
        steps: ['release-tests'],
        ...{ from: '2026-01-01T00:00:00.000Z', until: '2030-01-01T00:00:00.000Z' },
        evidence: 'A'.repeat(43),
      },
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
