/** Why the ledger may refuse what the oracle would permit. */
export interface Argument {
  /** the sentence that is argued from */
  readonly sentence: string;
  readonly says: string;
  /** reasons of refusals, and `open CODE` for deviations behind them */
  readonly codes: readonly string[];
}

/** All of them: a refusal for any other reason is a finding. */
export const ARGUMENTS: readonly Argument[] = [
  {
    sentence: 'A1',
    says: 'A thing that was spoken of before anybody made it is unidentified until somebody looked.',
    codes: ['UNIDENTIFIED_ITEM', 'open UNIDENTIFIED_ITEM', 'open IDENTIFIED_LATER'],
  },
  {
    sentence: 'F1',
    says: 'What was said of a batch, of data or of a run before anybody recorded them is looked at.',
    codes: ['open UNKNOWN_BATCH', 'open UNKNOWN_DATASET', 'open UNKNOWN_RUN'],
  },
  {
    sentence: 'A3',
    says: 'A design is approved, a batch reviewed and certified, once; what is new is said anew.',
    codes: ['ALREADY_APPROVED', 'ALREADY_REVIEWED', 'ALREADY_CERTIFIED'],
  },
  {
    sentence: 'A7',
    says: 'The name of a dose stands for one dose, and the number of an attempt for one attempt.',
    codes: ['IDENTIFIER_TAKEN', 'ATTEMPT_TAKEN'],
  },
  {
    sentence: 'A4',
    says: 'What is said of a thing that had ended, or twice, contradicts the record and is looked at.',
    codes: [
      'open NOT_IN_CUSTODY',
      'open CONTRADICTING_RECEIPT',
      'open CONTRADICTING_ADMINISTRATION',
      'open IDENTIFIER_TAKEN',
      'open RESULT_REPLACED',
    ],
  },
  {
    sentence: 'A4',
    says: 'A hand-off that is under way is closed by its addressee’s receipt, which can be said late, or by handing the thing on; that quality permits what was wrong with it brings the thing nowhere.',
    codes: ['HAND_OFF_NOT_ACCEPTED'],
  },
  {
    sentence: 'A4',
    says: 'What was made of a thing while something stopped that is looked at by itself, whatever became of the reason.',
    codes: ['open PARENT_QUARANTINED'],
  },
  {
    sentence: 'A4',
    says: 'A step that was done without its permission, or on other things, is a deviation, whether or not it would have been permitted.',
    codes: ['open STEP_OUT_OF_ORDER', 'open INPUT_NOT_PERMITTED'],
  },
  {
    sentence: 'A5',
    says: 'A collection that was to confirm one that nobody had taken yet is looked at.',
    codes: ['open SECOND_COLLECTION_NOT_INDEPENDENT'],
  },
  {
    sentence: 'A7',
    says: 'An administration outside a standing authorisation is critical: quality looks before the next dose.',
    codes: [
      'open UNAUTHORISED_ADMINISTRATION',
      'open SUSPECT_AUTHORISATION',
      'open OTHER_ORDER_LINE',
      'open EXPIRED_PRODUCT_GIVEN',
      'open QUARANTINED_PRODUCT_GIVEN',
      'open RECALLED_PRODUCT_GIVEN',
      'open GIVEN_AGAINST_REFUSAL',
    ],
  },
  {
    sentence: 'A9',
    says: 'That a batch keeps shorter, until a later date than it has, contradicts the record and is looked at.',
    codes: ['open EXPIRY_NOT_SHORTENED'],
  },
  {
    sentence: 'A8',
    says: 'What was done without the consent that it asks for, or after the patient’s no, is looked at.',
    codes: ['open WITHOUT_CONSENT'],
  },
  {
    sentence: 'C1',
    says: 'An attempt that lacks a result is looked at before another is relied upon.',
    codes: ['open RESULT_MISSING', 'open IDENTITY_CHECK_MISSING', 'open SAFETY_CHECK_MISSING'],
  },
  {
    sentence: 'C4',
    says: 'What is said under a therapy of another’s thing was meant for one of its own, and is looked at there.',
    codes: ['open FOREIGN_ITEM'],
  },
  {
    sentence: 'G3',
    says: 'What was annulled stays so under its name; what is stated instead has another.',
    codes: ['ENTERED_IN_ERROR'],
  },
];

/** The codes that are argued for. */
export const ARGUED: ReadonlySet<string> = new Set(ARGUMENTS.flatMap(({ codes }) => codes));
