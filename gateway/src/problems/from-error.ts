import { type ErrorCode, type ErrorDetails, VeinledgerError } from '@veinledger/domain';
import { error as openapiErrors } from 'express-openapi-validator';
import { LedgerError } from '@veinledger/ledger';
import { readContractMessage } from './contract-message.js';
import { type ProblemDetails, ProblemError } from './problem.js';
import { requestProblem } from './request-problem.js';
import { LEDGER_FAILURES, statusOf } from './statuses.js';

const TOO_LARGE_FOR_LEDGER = /(?:^|\W)TRANSACTION_TOO_LARGE: (.*)/;

/** What the gateway answers to an error, whichever layer it comes from. Nothing of an unforeseen error is told. */
export function problemOf(error: unknown): ProblemDetails {
  if (error instanceof ProblemError) return error.details;
  if (error instanceof VeinledgerError) return ofDomain(error.code, error.message, error.details);
  if (error instanceof LedgerError) return ofLedger(error);
  return requestProblem(error) ?? unforeseen(error);
}

function ofDomain(code: ErrorCode, message: string, details: ErrorDetails): ProblemDetails {
  const explanation = readContractMessage(message)?.explanation ?? message;
  return { status: statusOf(code), code, detail: explanation, ...details };
}

function ofLedger(error: LedgerError): ProblemDetails {
  const told = error.kind === 'contract' ? readContractMessage(error.message) : undefined;
  if (told) return ofDomain(told.code, error.message, told.details);
  const large = TOO_LARGE_FOR_LEDGER.exec(error.message)?.[1];
  if (error.kind === 'contract' && large !== undefined) {
    return { status: 413, code: 'TRANSACTION_TOO_LARGE', detail: large };
  }
  return {
    ...LEDGER_FAILURES[error.kind],
    ...(error.transactionId === undefined ? {} : { transactionId: error.transactionId }),
  };
}

function unforeseen(error: unknown): ProblemDetails {
  const answered = error instanceof openapiErrors.InternalServerError;
  return answered
    ? { status: 500, code: 'RESPONSE_INVALID', detail: 'the answer does not fit its schema' }
    : {
        status: 500,
        code: 'INTERNAL_ERROR',
        detail: 'the gateway failed; its log has this request',
      };
}
