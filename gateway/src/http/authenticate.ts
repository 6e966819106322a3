import type { RequestHandler } from 'express';
import type { BearerCheck } from '../auth/bearer-check.js';
import type { Caller } from '../auth/caller.js';
import { ENTRIES_PATH } from '../routes/keystore-operations.js';

declare module 'express-serve-static-core' {
  interface Locals {
    caller?: Caller;
  }
}

/** Paths under which everything needs a token, and those there that do not. */
const NEEDS_TOKEN = /^\/v1(?:\/|$)/;
const PUBLIC = ['/v1/openapi.json', ENTRIES_PATH];

/** Finds out who calls, before a body is read. */
export function authenticate(bearer: BearerCheck): RequestHandler {
  return async (request, response, next) => {
    if (NEEDS_TOKEN.test(request.path) && !PUBLIC.includes(request.path)) {
      response.locals.caller = await bearer.check(request.headers.authorization);
    }
    next();
  };
}
