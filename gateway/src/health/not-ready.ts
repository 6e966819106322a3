import { ProblemError } from '../problems/problem.js';
import type { Part } from './readiness.js';

const REASONS: Readonly<Record<Part, string>> = {
  lifecycle: 'the gateway is stopping',
  ledger: 'the ledger cannot be reached',
  disk: 'the disk cannot be written to',
  wallet: "the gateway's certificate has expired",
};

/** A gateway that cannot serve: which part is at fault, and nothing more. */
export function notReady(missing: readonly Part[]): ProblemError {
  return new ProblemError({
    status: 503,
    code: 'NOT_READY',
    detail: missing.map((part) => REASONS[part]).join('; '),
    field: missing.join(),
  });
}
