import { z } from 'zod';

/** What an actor may be. A registrar is nothing else. */
export const ROLES = [
  'patient',
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
