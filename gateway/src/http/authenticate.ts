import type { RequestHandler } from 'express';
import type { BearerCheck } from '../auth/bearer-check.js';
import type { Caller } from '../auth/caller.js';

declare module 'express-serve-static-core' {
  interface Locals {
    caller?: Caller;
  }
}

/** Paths under which everything needs a token, and the one page there that does not. */
const NEEDS_TOKEN = /^\/v1(?:\/|$)/;
const DOCUMENT = '/v1/openapi.json';

/** Finds out who calls, before a body is read. */
export function authenticate(bearer: BearerCheck): RequestHandler {
  return async (request, response, next) => {
    if (NEEDS_TOKEN.test(request.path) && request.path !== DOCUMENT) {
      response.locals.caller = await bearer.check(request.headers.authorization);
    }
    next();
  };
}
