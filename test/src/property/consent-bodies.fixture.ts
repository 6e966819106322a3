const digest = 'A'.repeat(43);
const of = { patient: 'patient-1', purpose: 'RESEARCH', consent: 'research-1' };
const answered = {
  ...{ formDigest: digest, renderedCommitment: digest },
  clauses: [{ clause: 'purpose', agreed: true }],
};
const mother = { patient: 'patient-1', proxy: 'mother' };
const until = '2030-01-01T00:00:00.000Z';

/** Bodies of the types by which consent is told otherwise than in the journeys. */
export const CONSENT_BODIES: Readonly<Record<string, object>> = {
  'consent:RenewConsent': {
    ...{ purpose: 'RESEARCH', consent: 'research-1', validUntil: until },
    ...{ formDigest: digest, renderedCommitment: digest },
  },
  'consent:RecordConsent': {
    ...{ ...of, ...answered, proxy: 'mother' },
    ...{ route: 'paper', scan: digest, interpreter: digest },
  },
  'consent:RecordTalk': of,
  'consent:TakeBackNo': of,
  'consent:ContinueDespiteLapse': of,
  'consent:InvalidateConsent': { ...of, reason: 'wrong-form' },
  'consent:RequireReconsent': { patient: 'patient-1', purpose: 'RESEARCH' },
  'consent:AmendForm': {
    ...{ form: 'information', version: '2.0', from: ['1.0'], clauses: ['purpose'] },
    ...{ deadline: until, continues: ['RESEARCH'] },
  },
  'registry:JoinPatients': { patient: 'patient-1', other: 'patient-2' },
  'registry:PartPatients': { patient: 'patient-1', other: 'patient-2' },
  'consent:EnrolProxy': {
    ...{ ...mother, actor: 'patient-1-proxy', relationship: 'parent' },
    ...{ authority: digest, validUntil: until },
  },
  'consent:ConfirmProxy': mother,
  'consent:EndProxy': mother,
  'consent:SettleCapacity': {
    ...{ ...mother, capacity: 'capacity-1', finding: 'not-able' },
    coi: 'H1234269000015',
  },
  'consent:AgreeAsProxy': { ...mother, purpose: 'RESEARCH', consent: 'research-1', ...answered },
};
