import { z } from 'zod';
import type { Signed } from '../nouns/signed.js';

/** The purposes a patient decides on, each on its own. */
export const PURPOSES = [
  'TREATMENT_MANUFACTURE',
  'GENOMIC_SEQUENCING',
  'SHARE_NAMED_PARTY',
  'CROSS_BORDER',
  'RESEARCH',
  'RECONTACT',
  'COMMERCIAL_USE',
  'AI_TRAINING',
  'PAYER_OUTCOMES',
  'INCIDENTAL_FINDINGS',
  'SAMPLE_RETENTION',
  'BIOMETRIC_ID',
  'OOS_ADMINISTRATION',
] as const;

export const purpose = z.enum(PURPOSES);
export type Purpose = z.infer<typeof purpose>;

/** Every state a consent can be in. Only `given` and `renewed` permit. */
export const CONSENT_STATES = [
  'requested',
  'deferred',
  'given',
  'renewed',
  'refused',
  'withdrawn',
  'revoked',
  'restricted',
  'superseded',
  'expired',
  'terminated',
  'invalidated',
  'reconsent-required',
] as const;

export type ConsentState = (typeof CONSENT_STATES)[number];

export const DATA_CLASSES = [
  'identity',
  'sample',
  'genome',
  'manufacturing',
  'clinical',
  'outcome',
] as const;

export type DataClass = (typeof DATA_CLASSES)[number];

/** What a consent covers; an absent member leaves that dimension open. */
export interface ConsentScope {
  /** MSP ids */
  readonly recipients?: readonly string[] | undefined;
  readonly dataClasses?: readonly DataClass[] | undefined;
  /** ISO 3166-1 alpha-2 */
  readonly geography?: readonly string[] | undefined;
  readonly validFrom?: string | undefined;
  readonly validUntil?: string | undefined;
  readonly maxUses?: number | undefined;
}

/** The form that the patient was shown. */
export interface ConsentForm {
  readonly id: string;
  readonly version: string;
  readonly language: string;
  readonly digest: string;
}

/** One patient's decision on one purpose. */
export interface Consent {
  readonly noun: 'consent';
  readonly patient: string;
  readonly purpose: Purpose;
  readonly id: string;
  readonly state: ConsentState;
  readonly legalBasis: 'consent';
  readonly scope: ConsentScope;
  readonly form?: ConsentForm;
  readonly requested?: Signed;
  readonly decided?: Signed;
  readonly ended?: Signed & { readonly reason?: string };
  readonly supersedes?: string;
}
