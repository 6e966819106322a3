import type { RequestHandler } from 'express';
import { ProblemError } from '../problems/problem.js';

/** The longest URL that the gateway reads, in characters; RFC 9110 section 4.1 asks for 8000 at least. */
const MAX_URL_LENGTH = 8192;

/** Refuses a URL that is longer than any that the gateway's document allows. */
export function limitUrl(): RequestHandler {
  return ({ url }, _response, next) => {
    if (url.length > MAX_URL_LENGTH) {
      throw new ProblemError({
        status: 414,
        code: 'URL_TOO_LONG',
        detail: 'the URL is longer than the gateway reads',
        field: 'path',
        expected: `at most ${MAX_URL_LENGTH} characters`,
        found: `${url.length} characters`,
      });
    }
    next();
  };
}
