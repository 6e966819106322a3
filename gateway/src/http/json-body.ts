import { isUtf8 } from 'node:buffer';
import { requireNoPrototype } from '@veinledger/domain';
import express, { type RequestHandler } from 'express';
import { ProblemError } from '../problems/problem.js';
import { malformedJson, unsupportedCharset } from '../problems/request-problem.js';

/** The largest body that the gateway reads, inflated: a command of 128 KiB with its annexes. */
const MAX_BODY_BYTES = 1024 * 1024;
/** The largest one of somebody whom no token names: a ticket, a passphrase and keys that are taken over. */
const MAX_STRANGERS_BODY_BYTES = 16 * 1024;

/**
 * Reads bodies of JSON, which is UTF-8 (RFC 8259 section 8.1): what is not is refused, and nothing replaced. Whoever is
 * not known sends little, since a small request that inflates to a large body costs the sender nothing.
 */
export function jsonBody(): RequestHandler {
  const callers = jsonBodyOf(MAX_BODY_BYTES);
  const strangers = jsonBodyOf(MAX_STRANGERS_BODY_BYTES);
  return (request, response, next) => {
    const read = response.locals.caller === undefined ? strangers : callers;
    read(request, response, (error?: unknown) => next(error ?? refusalOf(request.body)));
  };
}

function refusalOf(body: unknown): ProblemError | undefined {
  try {
    requireNoPrototype(body);
    return undefined;
  } catch {
    return new ProblemError(malformedJson('a member named __proto__'));
  }
}

function jsonBodyOf(limit: number): RequestHandler {
  return express.json({
    limit,
    strict: true,
    type: 'application/json',
    verify: (_request, _response, body, charset) => {
      if (charset !== 'utf-8') throw new ProblemError(unsupportedCharset(charset));
      if (!isUtf8(body)) throw new ProblemError(malformedJson('bytes that are no UTF-8'));
    },
  });
}
