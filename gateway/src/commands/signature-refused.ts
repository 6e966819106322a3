import { contractCodeOf } from '../problems/contract-code.js';
import { ProblemError } from '../problems/problem.js';

/** By what contracts say that a signature is not of whom the command names. */
const NOT_THEIRS: readonly (string | undefined)[] = [
  'UNKNOWN_ACTOR',
  'UNKNOWN_KEY',
  'SIGNATURE_INVALID',
];

/**
 * What a stranger is told whose command is not signed by whom it names: the same whether or not somebody is enrolled
 * under that id. Undefined where the failure is another one.
 */
export function signatureRefused(error: unknown): ProblemError | undefined {
  if (!NOT_THEIRS.includes(contractCodeOf(error))) return undefined;
  return new ProblemError({
    status: 403,
    code: 'SIGNATURE_INVALID',
    detail: 'no patient is enrolled whose key ever signed so',
    field: 'jws',
  });
}
