import { z } from 'zod';

/**
 * What a deviation puts in doubt: whose thing it is, whether something foreign is in it, whether the signatures count,
 * whether it harms, in which condition it is, whether it was made and tested as agreed, or only how it was written down.
 */
export const DEVIATION_CLASSES = [
  'identity',
  'contamination',
  'compromise',
  'safety',
  'condition',
  'evidence',
  'record',
] as const;
export type DeviationClass = (typeof DEVIATION_CLASSES)[number];

/** Every deviation's code, once, with its class. */
const CLASS_OF_CODE = {
  ADVERSE_EVENT: 'evidence',
  ARM_ASSIGNED_TWICE: 'evidence',
  BEFORE_ITS_SUBJECT: 'record',
  CONTAMINATION_SUSPECTED: 'contamination',
  CONTRADICTING_ADMINISTRATION: 'evidence',
  CONTRADICTING_RECEIPT: 'record',
  CONTRADICTING_RELABELLING: 'evidence',
  CONTROL_FAILED: 'evidence',
  DATASET_NOT_COMMITTED: 'evidence',
  DELIVERY_REJECTED: 'condition',
  DESIGN_NOT_APPROVED: 'evidence',
  DISPOSAL_NOT_AS_DECIDED: 'record',
  DISPOSAL_NOT_DECIDED: 'record',
  DISPOSAL_TOO_EARLY: 'record',
  DISPOSAL_WITHOUT_BASIS: 'record',
  DOCUMENTATION_FAULT: 'record',
  EARLIER_RECORD_NOT_ACCEPTED: 'evidence',
  ENTERED_IN_ERROR: 'evidence',
  EQUIPMENT_FAULT: 'evidence',
  EXPIRED_PRODUCT_GIVEN: 'evidence',
  EXPIRY_NOT_SHORTENED: 'record',
  FOREIGN_ITEM: 'evidence',
  FOREIGN_SUBJECT: 'evidence',
  FOUND_AGAIN: 'condition',
  GIVEN_AGAINST_REFUSAL: 'evidence',
  HAND_OFF_REUSED: 'record',
  IDENTIFIED_LATER: 'evidence',
  IDENTIFIER_TAKEN: 'evidence',
  IDENTITY_CHECK_FAILED: 'identity',
  IDENTITY_CHECK_MISSING: 'identity',
  IDENTITY_SUSPECTED: 'identity',
  INDEX_HOPPING: 'contamination',
  INPUT_NOT_PERMITTED: 'evidence',
  INSUFFICIENT_MATERIAL: 'evidence',
  IRREVERSIBLE_NOT_PERMITTED: 'evidence',
  ITEM_LOST: 'condition',
  KIND_NOT_COLLECTED: 'evidence',
  KIND_NOT_MADE: 'evidence',
  LABEL_MISMATCH: 'identity',
  LABEL_UNACCOUNTED: 'evidence',
  LABEL_UNREADABLE: 'evidence',
  LATE_ENTRY: 'record',
  LISTED_TWICE: 'evidence',
  LOTS_MISSING: 'evidence',
  LOTS_NOT_ASKED_FOR: 'evidence',
  LOT_CONTRADICTED: 'evidence',
  LOT_EXPIRED: 'condition',
  MISDELIVERED: 'condition',
  NOT_BLINDED: 'record',
  NOT_COLLECTED: 'evidence',
  NOT_DISPOSED: 'record',
  NOT_HOLDER: 'record',
  NOT_INTACT: 'condition',
  NOT_IN_CUSTODY: 'condition',
  NOT_LOST: 'record',
  NOT_OF_THIS_FILL: 'evidence',
  NOT_ON_OR_BACK: 'record',
  NOT_RECONCILED: 'evidence',
  NOT_TRAINED: 'evidence',
  ONSET_AFTER_REPORT: 'record',
  OTHER_ORDER_LINE: 'evidence',
  OWN_PARENT: 'evidence',
  PARENT_QUARANTINED: 'evidence',
  PASS_USED_TWICE: 'evidence',
  PATIENT_MISMATCH: 'identity',
  PROCEDURE_NOT_FOLLOWED: 'evidence',
  QUARANTINED_PRODUCT_GIVEN: 'evidence',
  READING_OUTSIDE_JOURNEY: 'record',
  RECALLED_PRODUCT_GIVEN: 'evidence',
  RECEIPT_BEFORE_RELEASE: 'record',
  RECEIVER_NOT_A_PARTY: 'record',
  RELABELLING_NOT_VERIFIED: 'evidence',
  RESERVE_SAMPLES_MISSING: 'evidence',
  RESULT_MISSING: 'evidence',
  RESULT_OUT_OF_LIMITS: 'evidence',
  RESULT_REPLACED: 'evidence',
  RESULT_UNEXPECTED: 'evidence',
  RETURNED: 'safety',
  RUN_CONTROLS_FAILED: 'evidence',
  RUN_MISSING: 'evidence',
  RUN_NOT_ASKED_FOR: 'evidence',
  SAFETY_CHECK_FAILED: 'safety',
  SAFETY_CHECK_MISSING: 'safety',
  SAME_PERSON: 'evidence',
  SAMPLE_SHEET_MIXED: 'identity',
  SEAL_MISMATCH: 'condition',
  SECOND_COLLECTION_NOT_INDEPENDENT: 'evidence',
  STEP_BY_WRONG_ROLE: 'evidence',
  STEP_OUT_OF_ORDER: 'evidence',
  SUSPECT_AUTHORISATION: 'compromise',
  TEMPERATURE_EXCURSION: 'condition',
  UNAUTHORISED_ADMINISTRATION: 'evidence',
  UNIDENTIFIED_ITEM: 'identity',
  UNITS_DIFFER: 'evidence',
  UNKNOWN_ALERT: 'record',
  UNKNOWN_BATCH: 'evidence',
  UNKNOWN_DATASET: 'evidence',
  UNKNOWN_DESIGN: 'evidence',
  UNKNOWN_DOSE: 'record',
  UNKNOWN_HAND_OFF: 'record',
  UNKNOWN_LOT: 'evidence',
  UNKNOWN_RUN: 'evidence',
  UNKNOWN_STEP: 'evidence',
  UNKNOWN_SUBJECT: 'record',
  VIAL_OF_ANOTHER_BATCH: 'evidence',
  VOLUME_CONTRADICTS_COURSE: 'record',
  WITHOUT_CONSENT: 'evidence',
  WRONG_RECEIVER: 'condition',
} as const satisfies Readonly<Record<string, DeviationClass>>;

export type DeviationCode = keyof typeof CLASS_OF_CODE;

/** Whether a text is a deviation's code. */
export const isDeviationCode = (text: string): text is DeviationCode =>
  Object.hasOwn(CLASS_OF_CODE, text);

export const DEVIATION_CODES: readonly DeviationCode[] =
  Object.keys(CLASS_OF_CODE).filter(isDeviationCode);

export const deviationCode = z.enum(DEVIATION_CODES);

/** What a deviation of this code puts in doubt. */
export function classOf(code: DeviationCode): DeviationClass {
  return CLASS_OF_CODE[code];
}

/**
 * How far a deviation of this code reaches from what it is about: to everything that is made of it, whenever (D1), or,
 * of a condition, and of what was sent back, only to what was made after it may have begun.
 */
export function reachOf(code: DeviationCode): 'everything' | 'since' {
  return classOf(code) === 'condition' || code === 'RETURNED' ? 'since' : 'everything';
}
