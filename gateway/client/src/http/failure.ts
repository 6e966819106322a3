import { GatewayProblem, GatewayUnreachable } from './gateway-problem.js';

/** Why an attempt failed, by what the caller may do next. */
export type Failure =
  /** other transactions changed what this one read: the same command again */
  | 'conflict'
  /** it may have been committed: look it up before sending it again */
  | 'unknown-outcome'
  /** the ledger cannot be reached and nothing was written: again */
  | 'unavailable'
  /** too many calls: again when the gateway says */
  | 'rate-limited'
  /** no answer came: again, the same command is never committed twice */
  | 'unreachable'
  /** the same call fails again: bad input, a refusal, somebody not entitled */
  | 'final';

const BY_CODE: ReadonlyMap<string, Failure> = new Map<string, Failure>([
  ['CONFLICT', 'conflict'],
  ['UNKNOWN_OUTCOME', 'unknown-outcome'],
  ['LEDGER_UNAVAILABLE', 'unavailable'],
]);
const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;

/** The ledger holds no such command, and it may still come. */
export class NotCommittedYet extends Error {
  constructor(commandId: string) {
    super(`the ledger holds no command ${commandId}`);
    this.name = 'NotCommittedYet';
  }
}

/** The class of what an attempt threw, by the gateway's code where it gave one. */
export function failureOf(error: unknown): Failure {
  if (error instanceof GatewayUnreachable) return 'unreachable';
  if (error instanceof NotCommittedYet) return 'unknown-outcome';
  if (!(error instanceof GatewayProblem)) return 'final';
  const known = BY_CODE.get(error.code);
  if (known !== undefined) return known;
  if (error.status === TOO_MANY_REQUESTS) return 'rate-limited';
  const comesBack = error.status === UNAVAILABLE && error.retryAfterMs !== undefined;
  return comesBack ? 'unavailable' : 'final';
}
