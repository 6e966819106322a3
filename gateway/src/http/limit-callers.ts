import { sha256Base64url } from '@veinledger/domain';
import type { RequestHandler } from 'express';
import type { GatewayConfig } from '../config/config.js';
import { addressKey } from '../limits/address-key.js';
import { rateLimited, rateLimitHeaders } from '../limits/rate-limited.js';
import { TokenBuckets } from '../limits/token-buckets.js';
import { WITHDRAWALS_PATH } from '../commands/withdrawals-path.js';
import { CODE_READINGS_PATH, CODE_USES_PATH } from '../enrolment/paths.js';
import { ENTRIES_PATH } from '../keystore/entries-path.js';
import { needsToken } from './authenticate.js';

/** What a ticket opens, a stranger at the same address must not shut: what does not hold costs one look-up. */
const BY_TICKET_IN_BODY = ENTRIES_PATH;
const TRACE_LINK = /^\/trace\/([\w-]{43})(?:\/|$)/;

/**
 * What needs no token is limited by address; a link to a trace by itself, since others at its reader's address must not
 * use it up, and so are patients' withdrawals and the codes that they enrol by. Probes of health are not counted.
 */
export function limitStrangers({ rateLimit }: Pick<GatewayConfig, 'rateLimit'>): RequestHandler {
  const strangers = new TokenBuckets(rateLimit);
  const links = new TokenBuckets(rateLimit);
  const withdrawals = new TokenBuckets(rateLimit);
  const codes = new TokenBuckets(rateLimit);
  const doors = new Map([
    [WITHDRAWALS_PATH, withdrawals],
    [CODE_READINGS_PATH, codes],
    [CODE_USES_PATH, codes],
  ]);
  return (request, _response, next) => {
    const { path } = request;
    if (!needsToken(request) && path !== BY_TICKET_IN_BODY && !path.startsWith('/health/')) {
      const ticket = TRACE_LINK.exec(path)?.[1];
      const byAddress = doors.get(path) ?? strangers;
      const left =
        ticket === undefined
          ? byAddress.take(addressKey(request.ip))
          : links.take(sha256Base64url(ticket));
      if (!left.allowed) throw rateLimited(left, 'too many requests from here');
    }
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
