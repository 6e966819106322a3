import { din, lot, namedFile, type Person } from '#scripts';
import type { Played } from './played.js';

/** A fact that somebody entitled tells, be it true or not. */
export interface Fact {
  readonly by: Person;
  readonly body: object;
  readonly annexes?: Readonly<Record<string, unknown>>;
}

/** One fact of each type on the first therapy; `pick` chooses what it names and what it says. */
export function factsOf(
  { journeys: [journey, other], proxy }: Pick<Played, 'journeys' | 'proxy'>,
  pick: number,
): Readonly<Record<string, Fact>> {
  const { cast, coi, things } = journey;
  const one = <T>(...of: readonly [T, ...T[]]): T => of[pick % of.length] ?? of[0];
  const item = one(
    things.dose,
    things.vials[1] ?? things.dose,
    things.tumour,
    other.things.dose,
    din(700_000 + (pick % 7)),
  );
  const name = one('one', 'other', journey.design, journey.batch);
  const step = one('pathology', 'template', 'slot-booking', 'release-tests', 'dancing');
  const custodian = one(cast.nurse, cast.courier, cast.labTechnician, cast.operator);
  const subject = one<object>(
    { kind: 'item', coi, id: item },
    { kind: 'item', coi: other.coi, id: other.things.dose },
    { kind: 'batch', coi, id: name },
    { kind: 'step', coi, id: step, attempt: 1 },
    { kind: 'therapy', coi },
  );
  const parcel = { item, handOff: name, seals: [], labelRead: one(item, din(1), 'unreadable') };
  const results = { results: one([], [{ check: 'endotoxin', value: 99 }]) };
  return {
    'custody:CollectItem': {
      by: cast.collector,
      body: { coi, item, kind: one('blood-edta', 'vial', 'bone'), occasion: name },
    },
    'custody:ConfirmCollection': { by: one(cast.nurse, cast.clinician), body: { coi, item } },
    'custody:DeriveItem': {
      by: custodian,
      body: {
        coi,
        operation: one('split', 'pool'),
        parents: [{ item, consumed: one(true, false) }],
        children: [{ item: one(din(650_000), item), kind: one('dose', 'bone') }],
      },
    },
    'custody:ReleaseItem': {
      by: custodian,
      body: {
        coi,
        ...parcel,
        to: one('LabMSP', 'NobodyMSP'),
        condition: one('intact', 'thawed'),
        identityCheck: one('match', 'mismatch'),
      },
    },
    'custody:ReceiveItem': {
      by: custodian,
      body: {
        coi,
        ...parcel,
        ...one<object>(
          { verdict: 'accepted' },
          { verdict: 'rejected', heldBy: 'receiver' },
          { verdict: 'misdelivered' },
        ),
        condition: one('intact', 'damaged'),
      },
    },
    'custody:RecordReadings': {
      by: custodian,
      body: {
        coi,
        item,
        logger: 'logger-1',
        readings: [{ at: '2026-01-01T00:00:00.000Z', temperatureC: one(-70, 4, 60) }],
      },
    },
    'custody:RecordTransit': {
      by: custodian,
      body: { coi, item, occurrence: one('door-closed', 'customs-held') },
    },
    'custody:RelabelItem': {
      by: custodian,
      body: {
        ...{ coi, item, labelRead: one(item, 'unreadable'), label: one(item, din(660_000)) },
        ...{ reason: 'damaged', formerLabel: one('destroyed', 'missing') },
      },
    },
    'custody:DisposeItem': {
      by: custodian,
      body: { coi, item, method: one('incinerated', 'autoclaved'), reason: 'expired' },
    },
    'therapy:ReportMissedSlot': {
      by: one(cast.coordinator, cast.nurse, journey.patient),
      body: { coi, missedSlot: name, slot: 'slot-1', dose: 1, reason: 'patient-unavailable' },
    },
    'billing:ReportDenial': {
      by: cast.payer,
      body: { coi, denial: name, dose: 1 },
      annexes: { denial: { reason: 'not-covered' } },
    },
    'custody:WitnessDisposal': { by: custodian, body: { coi, item, evidence: 'seen' } },
    'therapy:HaltTherapy': {
      by: one(cast.clinician, cast.reviewer),
      body: { coi },
      annexes: { halt: { reason: one('withdrawn', 'deceased') } },
    },
    'therapy:AssignArm': {
      by: one(cast.pharmacist, cast.designer),
      body: { coi },
      annexes: { arm: { arm: one('active', 'control') } },
    },
    'care:Unblind': {
      by: cast.clinician,
      body: { coi, reason: one('treatment-depends-on-it', 'serious-adverse-event') },
      annexes: { explanation: { explanation: 'anaphylaxis' } },
    },
    'therapy:AskForDestruction': { by: journey.patient, body: { coi, when: 'now' } },
    'custody:ReportLoss': { by: custodian, body: { coi, item } },
    'custody:ReportFound': {
      by: custodian,
      body: { coi, item, condition: one('intact', 'damaged'), labelRead: one(item, 'absent') },
    },
    'manufacturing:ReportStep': {
      by: one(cast.pathologist, cast.operator, cast.tester),
      body: {
        coi,
        step,
        attempt: one(1, 2),
        inputs: [{ item, consumed: one(true, false) }],
        outputs: one([], [{ item, kind: 'vial' }], [{ item: din(660_000), kind: 'bone' }]),
        inputDatasets: one([], ['variants'], ['nothing']),
        datasets: one(
          [],
          [{ id: 'variants', kind: 'vcf', region: 'DE' }],
          [{ id: 'more', kind: 'bone', region: 'US' }],
        ),
        lots: one([lot('LNP-1')], [lot('NEVER')], []),
        equipment: [],
        sop: { id: 'sop-1', version: '1.0' },
        ...one<object>({}, { run: name }, { design: name, batch: name }),
      },
      annexes: { results },
    },
    'manufacturing:SubmitDesign': {
      by: cast.designer,
      body: {
        coi,
        design: name,
        version: 2,
        datasets: [one('variants', 'nothing')],
        ranking: { step: one('ranking', 'dancing'), attempt: 1 },
      },
      annexes: { results, sequence: namedFile('sequence', 'fasta') },
    },
    'manufacturing:RecordBatch': {
      by: cast.operator,
      body: {
        coi,
        batch: name,
        design: name,
        fill: { step: one('fill-finish', 'dancing'), attempt: 1 },
        expiry: '2030-01-01T00:00:00.000Z',
        vials: one([item], [item, item]),
        reconciliation: { made: 1, sampled: 0, retained: 0, rejected: 0 },
      },
    },
    'manufacturing:RecallBatch': {
      by: cast.safetyOfficer,
      body: { coi, batch: name, reason: 'sterility' },
    },
    'quality:ShortenExpiry': {
      by: one(cast.reviewer, cast.releasePerson),
      body: {
        ...{ coi, batch: one(journey.batch, name) },
        expiry: one('2026-12-01T00:00:00.000Z', '2040-01-01T00:00:00.000Z'),
      },
      annexes: { stability: { explanation: 'the potency falls', evidence: [] } },
    },
    'manufacturing:ReportDeviation': {
      by: one(cast.nurse, cast.tester),
      body: { coi, subject, code: 'EQUIPMENT_FAULT', classification: 'minor' },
    },
    'manufacturing:PlaceHold': {
      by: one(cast.clinician, cast.reviewer),
      body: { coi, hold: name, subject, reason: 'investigation', liftedByRole: 'quality' },
    },
    'manufacturing:RegisterLot': {
      by: cast.operator,
      body: {
        lot: lot(one('LNP-1', 'NEW')),
        kind: one('lipids', 'water'),
        expiry: '2030-01-01T00:00:00.000Z',
      },
    },
    'manufacturing:RecallLot': {
      by: cast.reviewer,
      body: { lot: lot(one('LNP-1', 'NEW')), reason: one('sterility', 'supplier-notice') },
    },
    'manufacturing:RegisterRun': {
      by: cast.labTechnician,
      body: { run: one('run-1', 'run-2'), flowCell: 'FC-1', instrument: one('SEQ-1', 'SEQ-2') },
    },
    'manufacturing:ReportRunFailure': {
      by: cast.labTechnician,
      body: one<object>(
        { run: 'run-9', reason: 'controls-failed' },
        { run: 'run-9', reason: 'index-hopping', perMille: 12 },
      ),
    },
    'consent:RefuseConsent': {
      by: journey.patient,
      body: { purpose: one('RESEARCH', 'TREATMENT_MANUFACTURE') },
    },
    'consent:WithdrawConsent': {
      by: journey.patient,
      body: { purpose: one('RESEARCH', 'TREATMENT_MANUFACTURE') },
    },
    'consent:DeferConsent': {
      by: journey.patient,
      body: { purpose: 'RESEARCH', consent: name },
    },
    'consent:RecordNo': {
      by: one(cast.nurse, cast.clinician, cast.pharmacist),
      body: {
        patient: journey.patient.id,
        purpose: one('RESEARCH', 'TREATMENT_MANUFACTURE'),
        no: one('refused', 'withdrawn'),
        route: one('verbal', 'paper'),
      },
    },
    'consent:RecordAssent': {
      by: one(cast.clinician, cast.nurse),
      body: {
        ...{ patient: journey.patient.id, purpose: 'TREATMENT_MANUFACTURE', coi },
        consent: one('treatment-manufacture-1', name),
        ...{ assents: one(true, false), route: 'verbal' },
      },
    },
    'consent:RevokeConsent': {
      by: one(cast.clinician, cast.safetyOfficer),
      body: {
        patient: journey.patient.id,
        purpose: 'TREATMENT_MANUFACTURE',
        consent: one('treatment-manufacture-1', name),
        coi,
        authority: one('guardian', 'court'),
        evidence: 'A'.repeat(43),
      },
    },
    'consent:ReportPressure': {
      by: journey.patient,
      body: { pressureReport: name, purpose: 'RESEARCH', coi },
      annexes: { pressure: { description: 'I was told that I would be treated later' } },
    },
    'consent:RefuseAsProxy': {
      by: proxy,
      body: {
        patient: journey.patient.id,
        proxy: one('mother', 'father'),
        purpose: one('RESEARCH', 'TREATMENT_MANUFACTURE'),
        no: one('refused', 'withdrawn'),
      },
    },
    'consent:RestrictConsent': {
      by: journey.patient,
      body: {
        purpose: one('RESEARCH', 'TREATMENT_MANUFACTURE'),
        consent: one('treatment-manufacture-1', name),
        to: one<object>({}, { geography: ['DE'] }, { recipients: [] }),
      },
    },
    'care:VerifyBedside': {
      by: one(cast.nurse, cast.pharmacist, other.patient, journey.patient),
      body: {
        coi,
        verification: name,
        item,
        labelCoi: one(coi, other.coi),
        token: one('wristband', 'device', 'witnessed'),
        patient: one(journey.patient.id, other.patient.id),
      },
    },
    'care:RecordAdministration': {
      by: one(cast.nurse, cast.clinician),
      body: { coi, dose: name, number: 1, item, course: one('complete', 'not-started') },
      annexes: { administration: { volumeGivenMl: 1, volumeWastedMl: 0 } },
    },
    'quality:ReportNotification': {
      by: one(cast.reviewer, cast.safetyOfficer),
      body: { coi, exception: name, authority: one('pei', 'ema') },
    },
    'quality:OpenReportableEvent': {
      by: one(cast.reviewer, cast.nurse, journey.patient, other.patient),
      body: {
        ...{ coi, reportableEvent: name, kind: one('complaint', 'data-breach') },
        awareSince: '2026-01-01T00:00:00.000Z',
      },
      annexes: { explanation: { explanation: 'The patient rang about the label.' } },
    },
    'quality:RecordReport': {
      by: one(cast.reviewer, cast.safetyOfficer),
      body: { coi, reportableEvent: name, report: one('sponsor', 'authority') },
    },
    'quality:RecordInspection': {
      by: one(cast.reviewer, cast.pharmacist),
      body: {
        ...{ coi, inspection: name, authority: one('pei', 'ema'), reference: 'I-1' },
        ...{ kind: 'pharmacovigilance', basis: one('eu-2001-83-article-111', 'national-law') },
        ...{ from: '2026-01-01T00:00:00.000Z', shown: one(['pack'], ['trace', 'annexes']) },
      },
    },
    'care:ReplaceToken': {
      by: one(cast.nurse, cast.clinician, cast.pharmacist),
      body: {
        ...{ coi, tokenReplacement: name, token: one('wristband', 'device') },
        ...{ cause: one('name-changed', 'lost'), former: one('taken-off', 'missing') },
      },
    },
    'care:RecordOutcome': {
      by: one(cast.clinician, cast.payer),
      body: { coi, outcome: name },
      annexes: { outcome: { kind: 'follow-up', observations: [] } },
    },
    'care:ReportAdverseEvent': {
      by: one(cast.nurse, journey.patient, other.patient, cast.pharmacist),
      body: {
        coi,
        adverseEvent: name,
        onset: '2026-01-01T00:00:00.000Z',
        ...one<object>({}, { dose: name }),
      },
      annexes: {
        description: {
          seriousness: one('death', 'non-serious'),
          description: 'Fever of 39 degrees.',
        },
      },
    },
    'care:ReportOverdueAlert': { by: custodian, body: { coi, alert: name } },
    'care:RecordPatientTold': { by: cast.clinician, body: { coi, alert: name } },
  };
}
