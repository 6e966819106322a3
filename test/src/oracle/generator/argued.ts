/**
 * Codes of refusals, and of open deviations behind them, that the oracle does not derive, and why the ledger may refuse
 * by them.
 */
export const ARGUED: ReadonlyMap<string, string> = new Map([
  [
    'UNIDENTIFIED_ITEM',
    'A thing that was spoken of before anybody made it is unidentified (A1); nothing identifies it again yet.',
  ],
  ['ALREADY_APPROVED', 'What was approved is not approved again.'],
  ['ALREADY_REVIEWED', 'What was reviewed is not reviewed again.'],
  ['ALREADY_CERTIFIED', 'What was certified is not certified again.'],
  ['IDENTIFIER_TAKEN', 'The name of a dose stands for one dose.'],
  [
    'open UNKNOWN_BATCH',
    'What was said of a batch that nobody had recorded is looked at before anything goes on (A1).',
  ],
  ['open CONTRADICTING_RECEIPT', 'A receipt that is said twice is looked at, like a making (C4).'],
  ['open IDENTIFIER_TAKEN', 'What is said twice is looked at, though both say the same (C4).'],
  [
    'open STEP_OUT_OF_ORDER',
    'A step that was done without its permission is a deviation (A4), whether or not the permission would have been given.',
  ],
  [
    'open INPUT_NOT_PERMITTED',
    'A step that was done on other things than it was permitted for is a deviation (A4).',
  ],
  [
    'open RESULT_MISSING',
    'An attempt that lacks a result is looked at before another attempt is relied upon (C1).',
  ],
  [
    'open UNAUTHORISED_ADMINISTRATION',
    'An administration outside a standing authorisation is critical (A7): quality looks at it before the next dose.',
  ],
]);
