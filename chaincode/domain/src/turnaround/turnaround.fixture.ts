import { COI, definition, DIGEST, NOW, step } from '../example.fixture.js';
import { addMinutes } from '../values/time.js';
import type { Attestation } from './attestation.js';
import { type Course, progressOf, type TherapyProgress } from './progress.js';

const MINUTES_OF_A_DAY = 24 * 60;

/** A time so many days after the order of every example. */
export const day = (days: number) => addMinutes(NOW, days * MINUTES_OF_A_DAY);

/** A process of a collection, a journey, a test and its report. */
export const PROCESS = definition([
  step('collection', {
    roles: ['collector'],
    attestedBy: 'custody:CollectItem',
    outputs: ['tumour'],
    targetDay: 0,
  }),
  step('courier', {
    roles: ['courier'],
    attestedBy: 'custody:ReceiveItem',
    needs: ['collection'],
    inputs: ['tumour'],
    targetDay: 2,
  }),
  step('extraction', { needs: ['courier'], targetDay: 4 }),
  step('review', { roles: ['quality'], needs: ['extraction'], targetDay: 8 }),
]);

export const MEMBERS = [
  { id: 'HospitalMSP', grantable: ['collector' as const, 'quality' as const] },
  { id: 'LabMSP', grantable: ['lab' as const] },
  { id: 'SecondLabMSP', grantable: ['lab' as const] },
  { id: 'CourierMSP', grantable: ['courier' as const] },
];

/** That something was attested so many days after the order. */
export function attested(
  type: string,
  days: number,
  organisation: string,
  rest: Partial<Attestation> = {},
): Attestation {
  return { type, command: DIGEST, at: day(days), organisation, kinds: [], ...rest };
}

export const COLLECTED = attested('custody:CollectItem', 1, 'HospitalMSP', { kinds: ['tumour'] });

export const BROUGHT = attested('custody:ReceiveItem', 4, 'LabMSP', {
  kinds: ['tumour'],
  from: 'CourierMSP',
});

/** The extraction, reported so many days after the order. */
export const extracted = (days: number, organisation = 'LabMSP') =>
  attested('manufacturing:ReportStep', days, organisation, { step: 'extraction' });

/** The progress of an example of which this is attested, as of some day. */
export function progress(
  attestations: readonly Attestation[],
  at = day(6),
  rest: Partial<Course> = {},
): TherapyProgress {
  const course: Course = {
    coi: COI,
    process: { id: 'example', version: '1.0' },
    parties: ['HospitalMSP', 'LabMSP', 'CourierMSP'],
    ordered: NOW,
    attestations,
    halted: false,
    ...rest,
  };
  return progressOf(course, PROCESS, MEMBERS, at);
}
