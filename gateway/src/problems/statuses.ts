import type { ErrorCode } from '@veinledger/domain';
import type { LedgerErrorKind } from '@veinledger/ledger';

const BAD_REQUEST = 400;
const FORBIDDEN = 403;
const NOT_FOUND = 404;
const CONFLICT = 409;
const TOO_LARGE = 413;
const UNAVAILABLE = 503;

/** The HTTP status of each of the domain's codes; what is not named here is bad input, 400. */
const STATUSES: Partial<Record<ErrorCode, number>> = {
  COMMAND_TOO_LARGE: TOO_LARGE,
  UNKNOWN_ACTOR: FORBIDDEN,
  ACTOR_REVOKED: FORBIDDEN,
  ORGANISATION_SUSPENDED: FORBIDDEN,
  UNKNOWN_ORGANISATION: FORBIDDEN,
  WRONG_ORGANISATION: FORBIDDEN,
  ROLE_MISSING: FORBIDDEN,
  RELAY_REQUIRED: FORBIDDEN,
  RELAY_MISUSED: FORBIDDEN,
  NOT_ENTITLED: FORBIDDEN,
  KEY_RETIRED: FORBIDDEN,
  SIGNATURE_NOT_DELEGABLE: FORBIDDEN,
  SESSION_REQUIRED: FORBIDDEN,
  SESSION_TYPE: FORBIDDEN,
  UNKNOWN_COI: NOT_FOUND,
  UNKNOWN_PROCESS: NOT_FOUND,
  UNKNOWN_COMMAND: NOT_FOUND,
  NOT_FOUND,
  NOT_BOOTSTRAPPED: CONFLICT,
  ALREADY_BOOTSTRAPPED: CONFLICT,
  ALREADY_EXISTS: CONFLICT,
  ROOT_MISMATCH: CONFLICT,
  TRANSACTION_TIME_OFF: UNAVAILABLE,
};

/** The HTTP status of a domain code. */
export function statusOf(code: ErrorCode): number {
  return STATUSES[code] ?? BAD_REQUEST;
}

/** How a failure of the ledger itself is answered; contract errors with a known code are answered by that. */
export const LEDGER_FAILURES: Readonly<
  Record<
    LedgerErrorKind,
    { readonly status: number; readonly code: string; readonly detail: string }
  >
> = {
  contract: {
    status: 502,
    code: 'LEDGER_REFUSED',
    detail: 'the ledger refused the transaction for a reason that is no rule of the contracts',
  },
  conflict: {
    status: CONFLICT,
    code: 'CONFLICT',
    detail: 'other transactions changed what this one read; send the same command again',
  },
  mismatch: {
    status: 502,
    code: 'ENDORSEMENT_MISMATCH',
    detail: 'members endorsed different results; nothing was written',
  },
  'unknown-outcome': {
    status: 504,
    code: 'UNKNOWN_OUTCOME',
    detail: 'the transaction was sent and no block holds it yet; send the same command again later',
  },
  unavailable: {
    status: UNAVAILABLE,
    code: 'LEDGER_UNAVAILABLE',
    detail: 'the ledger cannot be reached; nothing was written, send the same command again',
  },
  damaged: {
    status: 500,
    code: 'LEDGER_DAMAGED',
    detail: 'what the ledger holds contradicts itself; its verification names where',
  },
};
