import { failureOf, GatewayProblem } from '@veinledger/client';

/** From here on it is the gateway that failed, and not what it was sent. */
const GATEWAY_FAILED = 500;

/**
 * Whether an answer is the last word on what was handed in. Anything else leaves open whether it was taken, or says that the
 * same may be taken later: what was handed in is kept.
 */
export function isRefusal(error: unknown): error is GatewayProblem {
  if (!(error instanceof GatewayProblem) || error.status >= GATEWAY_FAILED) return false;
  return failureOf(error) === 'final';
}
