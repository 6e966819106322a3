import type { RequestHandler } from 'express';
import type { GatewayConfig } from '../config/config.js';
import { addressKey } from '../limits/address-key.js';
import { rateLimited, rateLimitHeaders } from '../limits/rate-limited.js';
import { TokenBuckets } from '../limits/token-buckets.js';

const NEEDS_TOKEN = /^\/v1(?:\/|$)/;
const UNAUTHORISED = 401;

/**
 * Before a caller is known: an address that failed too often to show who calls is not listened to for a while, and
 * what needs no token is limited by address. Probes of health are not counted.
 */
export function limitAddresses({ rateLimit }: Pick<GatewayConfig, 'rateLimit'>): RequestHandler {
  const { failuresPerMinute } = rateLimit;
  const failures = new TokenBuckets({ perMinute: failuresPerMinute, burst: failuresPerMinute });
  const strangers = new TokenBuckets(rateLimit);
  return (request, response, next) => {
    if (request.path.startsWith('/health/')) {
      next();
      return;
    }
    const key = addressKey(request.ip);
    const failed = failures.look(key);
    if (!failed.allowed)
      throw rateLimited(failed, 'too many calls from here showed no valid token');
    if (!NEEDS_TOKEN.test(request.path)) {
      const left = strangers.take(key);
      if (!left.allowed) throw rateLimited(left, 'too many requests from here');
    }
    response.once('finish', () => {
      if (response.statusCode === UNAUTHORISED) failures.take(key);
    });
    next();
  };
}

/** Once a caller is known: so many requests at once and a minute, wherever they come from. */
export function limitActors({ rateLimit }: Pick<GatewayConfig, 'rateLimit'>): RequestHandler {
  const actors = new TokenBuckets(rateLimit);
  return (_request, response, next) => {
    const { caller } = response.locals;
    if (caller !== undefined) {
      const left = actors.take(caller.id);
      if (!left.allowed) throw rateLimited(left, 'the caller makes too many requests');
      response.set(rateLimitHeaders(left));
    }
    next();
  };
}
