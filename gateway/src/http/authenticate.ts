import type { Request, RequestHandler } from 'express';
import type { BearerCheck } from '../auth/bearer-check.js';
import type { Caller } from '../auth/caller.js';
import type { Pace } from '../auth/own-key-token.js';
import type { GatewayConfig } from '../config/config.js';
import { addressKey } from '../limits/address-key.js';
import { FairQueue, QueueFull } from '../limits/fair-queue.js';
import { rateLimited } from '../limits/rate-limited.js';
import { TokenBuckets } from '../limits/token-buckets.js';
import { ProblemError } from '../problems/problem.js';
import { CODE_READINGS_PATH, CODE_USES_PATH } from '../enrolment/paths.js';
import { WITHDRAWALS_PATH } from '../commands/withdrawals-path.js';
import { ENTRIES_PATH } from '../keystore/entries-path.js';

declare module 'express-serve-static-core' {
  interface Locals {
    caller?: Caller;
  }
}

/** Paths under which everything needs a token, and those there that do not. */
const NEEDS_TOKEN = /^\/v1(?:\/|$)/;
const PUBLIC = [
  '/v1/openapi.json',
  ENTRIES_PATH,
  WITHDRAWALS_PATH,
  CODE_READINGS_PATH,
  CODE_USES_PATH,
];
const UNAUTHORISED = 401;
/** Whom tokens name is looked up so many at a time, for an address from which too many tokens were not valid. */
const LOOK_UPS = { atOnce: 8, waitingEach: 256, waiting: 4096 };
const LOOK_UP_RETRY_SECONDS = '1';

/** Whether a request shows who calls. */
export function needsToken({ path }: Pick<Request, 'path'>): boolean {
  return NEEDS_TOKEN.test(path) && !PUBLIC.includes(path);
}

/**
 * Finds out who calls, before a body is read. A token that is not valid counts against its address, and a valid one
 * passes from everywhere: whoever fails shuts nobody else out who comes from the same address. What it costs to judge
 * tokens from an address that fails too often is bounded instead.
 */
export function authenticate(
  bearer: BearerCheck,
  { rateLimit }: Pick<GatewayConfig, 'rateLimit'>,
): RequestHandler {
  const { failuresPerMinute } = rateLimit;
  const failures = new TokenBuckets({ perMinute: failuresPerMinute, burst: failuresPerMinute });
  const lookUps = new FairQueue(LOOK_UPS);
  return async (request, response, next) => {
    if (needsToken(request)) {
      const address = addressKey(request.ip);
      const slowly: Pace = (work) => lookUps.run(address, work);
      const pace = failures.look(address).allowed ? undefined : slowly;
      try {
        response.locals.caller = await bearer.check(request.headers.authorization, pace);
      } catch (error) {
        throw refusalOf(error, () => failures.take(address));
      }
    }
    next();
  };
}

function refusalOf(error: unknown, count: () => ReturnType<TokenBuckets['take']>): unknown {
  if (error instanceof QueueFull) return busy(error);
  if (!(error instanceof ProblemError) || error.details.status !== UNAUTHORISED) return error;
  const left = count();
  if (left.allowed) return error;
  return rateLimited(left, 'too many calls from here showed no valid token, and this one neither');
}

function busy({ of, message }: QueueFull): ProblemError {
  return new ProblemError({
    ...(of === 'asker'
      ? { status: 429, code: 'RATE_LIMITED', detail: 'too many tokens from here wait to be judged' }
      : { status: 503, code: 'GATEWAY_BUSY', detail: 'too many tokens wait to be judged' }),
    field: 'authorization',
    found: message,
    headers: { 'retry-after': LOOK_UP_RETRY_SECONDS },
  });
}
