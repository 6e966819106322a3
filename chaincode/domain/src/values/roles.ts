import { z } from 'zod';

/** What an actor may be. A registrar, a patient and who speaks in a patient's place are nothing else. */
export const ROLES = [
  'patient',
  'proxy',
  'collector',
  'nurse',
  'clinician',
  'pathologist',
  'pharmacist',
  'lab',
  'designer',
  'operator',
  'quality',
  'release-person',
  'courier',
  'coordinator',
  'payer',
  'sponsor',
  'safety-officer',
  'auditor',
  'registrar',
] as const;

export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** Whose holder has no other, and is no staff. */
export const LONE_ROLES = ['registrar', 'patient', 'proxy'] as const satisfies readonly Role[];

/** Everybody who works for a member and is told what is done there: neither who is treated, nor who audits or enrols. */
export const STAFF_ROLES: readonly Role[] = ROLES.filter(
  (each) => each !== 'auditor' && !LONE_ROLES.some((lone) => lone === each),
);

/** Everybody but the patient who may compare product and patient at the bedside. */
export const BEDSIDE_STAFF = [
  'nurse',
  'clinician',
  'pharmacist',
] as const satisfies readonly Role[];

/** Everybody who may hold an item on its way from the patient and back. */
export const CUSTODIANS = [
  'collector',
  'nurse',
  'clinician',
  'pathologist',
  'pharmacist',
  'lab',
  'operator',
  'quality',
  'courier',
] as const satisfies readonly Role[];

/** Who may know the arm of a blinded therapy while the patient, and who treats and nurses them, do not. */
export const UNBLINDED_ROLES = [
  'pharmacist',
  'lab',
  'designer',
  'operator',
  'quality',
  'release-person',
  'sponsor',
  'safety-officer',
] as const satisfies readonly Role[];
