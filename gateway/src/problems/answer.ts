import { STATUS_CODES } from 'node:http';
import type { Problem, ProblemDetails } from './problem.js';

/** The body of a problem+json answer. */
export function problemBody(details: ProblemDetails, requestId: string): Problem {
  const { status, code, detail, field, expected, found, transactionId, receipt } = details;
  return {
    type: `urn:veinledger:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code,
    instance: `urn:uuid:${requestId}`,
    ...(field === undefined ? {} : { field }),
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    ...(transactionId === undefined ? {} : { transactionId }),
    ...(receipt === undefined ? {} : { reasons: receipt.reasons, receipt }),
  };
}
