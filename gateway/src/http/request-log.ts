import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { whenAnswered } from '../telemetry/answered.js';

declare module 'express-serve-static-core' {
  interface Locals {
    requestId: string;
    /** the code of the problem that was answered */
    code?: string;
  }
}

/**
 * Gives each request an id and logs what became of it: id, method, route as the document writes it, status,
 * milliseconds and code. Never a URL, a body, a token or a pseudonym.
 */
export function requestLog(logger: Logger): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const requestId = randomUUID();
    response.locals.requestId = requestId;
    response.setHeader('x-request-id', requestId);
    whenAnswered(request, response, ({ method, route, status, code, seconds }) => {
      const failed = typeof status === 'number' && status >= 500;
      const ms = Math.round(seconds * 10_000) / 10;
      const entry = { requestId, method, route, status, ms };
      logger[failed ? 'error' : 'info'](code === undefined ? entry : { ...entry, code }, 'request');
    });
    next();
  };
}
