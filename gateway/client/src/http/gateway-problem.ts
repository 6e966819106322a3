import type { Problem, ProblemOf } from '../wire/problem.js';
import type { Receipt } from '../wire/record.js';

/** A gateway's answer that is no success: bad input, or a permission that was refused and committed. */
export class GatewayProblem extends Error {
  readonly problem: Problem;
  /** what the gateway's Retry-After says, milliseconds */
  readonly retryAfterMs: number | undefined;

  constructor(told: Problem, retryAfterMs?: number) {
    super(`${told.code}: ${told.detail}`);
    this.name = 'GatewayProblem';
    this.problem = told;
    this.retryAfterMs = retryAfterMs;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  /** why a permission was refused */
  get reasons(): NonNullable<Problem['reasons']> {
    return this.problem.reasons ?? [];
  }

  /** the committed refusal */
  get receipt(): Receipt | undefined {
    return this.problem.receipt;
  }
}

/** Whether an error is a gateway's problem of that code; its problem then has what the code always brings. */
export function isProblem<Code extends string>(
  error: unknown,
  code: Code,
): error is GatewayProblem & { readonly problem: ProblemOf<Code> } {
  if (!(error instanceof GatewayProblem) || error.code !== code) return false;
  const { receipt, reasons } = error.problem;
  return code !== 'REFUSED' || (receipt !== undefined && reasons !== undefined);
}

/** No gateway answered: the network failed, or something between client and gateway answered in its stead. */
export class GatewayUnreachable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GatewayUnreachable';
  }
}

/** The time that a call was given is over; `cause` is how its last attempt failed. */
export class GatewayTimeout extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GatewayTimeout';
  }
}
