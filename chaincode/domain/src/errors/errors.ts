/** What a reader needs to mend the input: the field, what was expected there and what was found. */
export interface ErrorDetails {
  readonly field?: string;
  readonly expected?: string;
  readonly found?: string;
}

/** Codes of errors that write nothing to the ledger. */
export const ERROR_CODES = [
  // the envelope
  'MALFORMED_JWS',
  'COMMAND_TOO_LARGE',
  'TOO_DEEP',
  'DUPLICATE_KEY',
  'NOT_CANONICAL',
  'SIGNATURE_MISSING',
  'ALGORITHM_REFUSED',
  'SIGNATURE_INVALID',
  'UNKNOWN_KEY',
  'KEY_RETIRED',
  // the command
  'SCHEMA_VIOLATION',
  'UNKNOWN_TYPE',
  'WRONG_TYPE',
  'WRONG_NETWORK',
  'AT_IN_FUTURE',
  'LATE_PERMISSION',
  'TRANSACTION_TIME_OFF',
  'LABEL_NOT_READ',
  // the actor and the relay
  'UNKNOWN_ACTOR',
  'ACTOR_REVOKED',
  'UNKNOWN_ORGANISATION',
  'ORGANISATION_SUSPENDED',
  'WRONG_ORGANISATION',
  'ROLE_MISSING',
  'RELAY_REQUIRED',
  'RELAY_MISUSED',
  'NOT_ENTITLED',
  'SIGNATURE_NOT_DELEGABLE',
  'SESSION_REQUIRED',
  'SESSION_TYPE',
  // the annex
  'ANNEX_MISSING',
  'ANNEX_UNEXPECTED',
  'ANNEX_DIGEST_MISMATCH',
  'ANNEX_SCHEMA_VIOLATION',
  // what a command names
  'NOT_BOOTSTRAPPED',
  'ALREADY_BOOTSTRAPPED',
  'ROOT_MISMATCH',
  'UNKNOWN_COI',
  'COI_AS_ITEM',
  'UNKNOWN_PROCESS',
  'UNKNOWN_COMMAND',
  'UNKNOWN_ARM',
  'INVALID_BOOKMARK',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'POSSESSION_NOT_PROVED',
  'WEAK_KEY',
  'TOO_MANY_READS',
  'RANGE_CUT',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * A command that cannot be accepted: it is malformed, unsigned, meant for another network or type, or its
 * actor is not entitled. It writes nothing. A refusal of a permission is not an error but a decision.
 *
 * The message opens with the code and ends with the details as JSON, so that both survive the peer's wrapping.
 */
export class VeinledgerError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, explanation: string, details: ErrorDetails = {}) {
    super(`${code}: ${explanation} ${JSON.stringify(details)}`);
    this.name = 'VeinledgerError';
    this.code = code;
    this.details = details;
  }
}
