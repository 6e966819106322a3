import {
  enrol,
  enrolPatient,
  enrolProxy,
  type Person,
  registrarOf,
  send,
  TherapyJourney,
} from '#scripts';
import { expect, test } from '@jest/globals';
import type { RoutesChapter } from './stage.js';

/** What a patient says of consent besides yes and no. */
export const consentRoutes: RoutesChapter = (stage) => {
  test('carry what a patient says of consent', async () => {
    const { bench, submitter, cast, definition } = stage();
    const patient = await enrolPatient(submitter, bench.consortium, 'patient-12');
    const journey = new TherapyJourney({ submitter, cast, patient, serial: 12, definition });
    const given = await journey.consent('RESEARCH');
    expect(given.receipt.reasons).toEqual([]);
    const research = { purpose: 'RESEARCH', consent: 'research-1' };
    for (const [type, body] of [
      ['consent:DeferConsent', research],
      [
        'consent:RenewConsent',
        { ...research, ...journey.formOf('RESEARCH'), validUntil: '2040-01-01T00:00:00.000Z' },
      ],
      ['consent:RestrictConsent', { ...research, to: { recipients: ['LabMSP'] } }],
    ] as const) {
      const { receipt } = await send(submitter, patient, { type, body });
      expect(receipt).toMatchObject({ reasons: [], deviations: [] });
    }
    await journey.consent('RECONTACT');
    const staff = [cast.nurse, cast.clinician];
    const tell = async (by: Person, type: string, body: object, rest: object = {}) => {
      const named = { patient: patient.id, ...body };
      const { receipt } = await send(submitter, by, { type, body: named, ...rest });
      expect(receipt).toMatchObject({ reasons: [], deviations: [] });
    };
    const recontact = { purpose: 'RECONTACT', consent: 'recontact-1' };
    const form = { id: 'payer', version: '1.0', language: 'de-DE' };
    const { formDigest, renderedCommitment } = journey.formOf('PAYER_OUTCOMES');
    const payer = { purpose: 'PAYER_OUTCOMES', consent: 'payer-1' };
    await tell(cast.clinician, 'consent:RequestConsent', {
      ...{ ...payer, legalBasis: 'consent', scope: {} },
      form: { ...form, digest: formDigest },
      thinkHours: 0,
    });
    await tell(cast.clinician, 'consent:RecordTalk', payer);
    const clauses = [{ clause: 'purpose', agreed: true }];
    const answer = { ...payer, formDigest, renderedCommitment, clauses, route: 'verbal' };
    for (const by of staff) await tell(by, 'consent:RecordConsent', answer);
    await tell(cast.nurse, 'consent:RecordNo', { ...recontact, no: 'withdrawn', route: 'verbal' });
    for (const by of staff) await tell(by, 'consent:TakeBackNo', recontact);
    for (const purpose of ['TREATMENT_MANUFACTURE', 'GENOMIC_SEQUENCING'] as const)
      await journey.consent(purpose);
    await journey.order();
    const { coi } = journey;
    const genome = { purpose: 'GENOMIC_SEQUENCING', consent: 'genomic-sequencing-1' };
    for (const by of [cast.clinician, cast.reviewer])
      await tell(by, 'consent:InvalidateConsent', { ...genome, coi, reason: 'wrong-form' });
    for (const by of staff) await tell(by, 'consent:ContinueDespiteLapse', genome);
    const treatment = { purpose: 'TREATMENT_MANUFACTURE', consent: 'treatment-manufacture-1' };
    const assent = { ...treatment, coi, assents: true, route: 'verbal' };
    await tell(cast.nurse, 'consent:RecordAssent', assent);
    const court = { authority: 'court', evidence: renderedCommitment };
    await tell(cast.clinician, 'consent:RevokeConsent', { ...genome, coi, ...court });
    const reconsent = { annexes: { reconsent: { reason: 'majority' } } };
    await tell(
      cast.clinician,
      'consent:RequireReconsent',
      { purpose: 'TREATMENT_MANUFACTURE' },
      reconsent,
    );
    const signer = await enrolProxy(submitter, bench.consortium, patient);
    const mother = { proxy: 'mother' };
    await tell(cast.clinician, 'consent:EnrolProxy', {
      ...{ ...mother, actor: signer.id, relationship: 'parent', authority: renderedCommitment },
    });
    const physician = await enrol(submitter, bench.consortium, {
      ...{ id: 'hospital.physician', organisation: 'HospitalMSP', roles: ['clinician'] },
    });
    const pressed = { annexes: { pressure: { description: 'I was told to hurry' } } };
    for (const about of [{ coi }, {}]) {
      const body = { pressureReport: `pressed-${Object.keys(about).length}`, ...about };
      const told = { type: 'consent:ReportPressure', body, ...pressed };
      expect((await send(submitter, patient, told)).receipt.reasons).toEqual([]);
    }
    const able = { capacity: 'capacity-1', coi, ...mother, finding: 'able' };
    for (const by of [physician, signer]) await tell(by, 'consent:SettleCapacity', able);
    const training = { purpose: 'AI_TRAINING', consent: 'ai-training-1' };
    const aiForm = journey.formOf('AI_TRAINING');
    await tell(cast.clinician, 'consent:RequestConsent', {
      ...{ ...training, legalBasis: 'consent', scope: {} },
      form: { ...form, digest: aiForm.formDigest },
    });
    await tell(signer, 'consent:AgreeAsProxy', { ...mother, ...training, ...aiForm, clauses });
    await tell(signer, 'consent:RefuseAsProxy', { ...mother, ...training, no: 'withdrawn' });
    const halted = { annexes: { halt: { reason: 'ineligible' } } };
    await journey.say(cast.clinician, 'therapy:HaltTherapy', {}, halted);
    await tell(cast.clinician, 'consent:ConfirmProxy', mother);
    const end = { annexes: { end: { reason: 'majority' } } };
    await tell(cast.clinician, 'consent:EndProxy', mother, end);
    const twin = await enrolPatient(submitter, bench.consortium, 'patient-13');
    for (const type of ['registry:JoinPatients', 'registry:PartPatients'])
      for (const by of [cast.clinician, registrarOf(bench.consortium, 'HospitalMSP')])
        await tell(by, type, { other: twin.id });
    const amended = await send(submitter, cast.clinician, {
      type: 'consent:AmendForm',
      body: {
        ...{ form: 'amended', version: '2.0', from: ['1.0'], clauses: ['purpose'] },
        ...{ deadline: '2040-01-01T00:00:00.000Z', continues: [] },
      },
    });
    expect(amended.receipt.reasons).toEqual([]);
  });
};
