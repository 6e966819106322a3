import type { Outlook } from '@veinledger/domain';
import type { MarkedRecord, TherapyTrace, Thing } from './therapy-lists.js';

export const COI = 'G123417654321A';
export const OTHER_COI = 'H1234269000031';
export const VIAL = 'https://id.gs1.org/01/04012345000078/21/1-1';

const at = '2026-11-22T13:07:00.000Z';
const signed = { actor: 'hospital.nurse', command: 'c'.repeat(43), at, time: at };

/** An item without parents, held by the hospital. */
export function itemOf(id: string, more: Partial<Extract<Thing, { noun: 'item' }>> = {}): Thing {
  return {
    noun: 'item',
    coi: COI,
    id,
    kind: 'vial',
    parents: [],
    holder: { organisation: 'HospitalMSP', actor: 'hospital.nurse' },
    custody: 'in-custody',
    range: { temperatureMaxC: -60 },
    signatures: [signed],
    blockers: [],
    ...more,
  };
}

/** A hand-off of the vial to a courier, of which both halves read the labels that are named. */
export function handOffOf(released: string, received: string): Thing {
  const by = { organisation: 'HospitalMSP', actor: 'hospital.nurse' };
  const half = { command: 'c'.repeat(43), at, seals: [], condition: 'intact' };
  return {
    noun: 'hand-off',
    coi: COI,
    id: 'hand-off-1',
    item: VIAL,
    release: { ...half, by, to: 'CourierMSP', labelRead: released, identityCheck: 'match' },
    receipts: [{ ...half, by, verdict: 'accepted', labelRead: received }],
  };
}

/** A batch of the vial. */
export function batchOf(more: Partial<Extract<Thing, { noun: 'batch' }>> = {}): Thing {
  return {
    noun: 'batch',
    coi: COI,
    id: 'batch-1',
    design: 'design-1',
    fill: { step: 'fill-finish', attempt: 1 },
    vials: [VIAL],
    reconciliation: { made: 1, sampled: 0, retained: 0, rejected: 0 },
    expiry: '2028-11-22T13:07:00.000Z',
    recorded: signed,
    blockers: [],
    ...more,
  };
}

/** A refused permission. */
export function refusal(more: Partial<MarkedRecord> = {}): MarkedRecord {
  return {
    noun: 'record',
    scope: { kind: 'therapy', id: COI },
    commandId: 'c'.repeat(43),
    transactionId: 'a'.repeat(64),
    transactionTime: at,
    type: 'care:AuthoriseDose',
    kind: 'permission',
    actor: 'hospital.clinician',
    organisation: 'HospitalMSP',
    at,
    lateEntry: false,
    decision: 'refused',
    reasons: [{ code: 'FOREIGN_ITEM', subject: `item ${VIAL}` }],
    verdicts: [],
    deviations: [],
    changed: [],
    annex: {},
    ...more,
  };
}

/** A therapy's trace that holds these things and records. */
export function traceOf(
  things: readonly Thing[],
  records: readonly MarkedRecord[] = [],
): TherapyTrace {
  return {
    therapy: {
      noun: 'therapy',
      coi: COI,
      patient: 'patient-1',
      process: { id: 'pcv-mrna', version: '1.0', hash: 'h'.repeat(43) },
      parties: ['HospitalMSP'],
      quality: 'HospitalMSP',
      jurisdiction: 'DE',
      orderLines: [],
      ordered: { ...signed, actor: 'hospital.clinician' },
      blockers: [],
    },
    things,
    records,
  };
}

/** An outlook on that therapy in which nothing is foreseen but what is given. */
export function outlookWith(more: Partial<Outlook> = {}): Outlook {
  return { coi: COI, at, gates: [], things: [], ...more };
}
