import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';

declare module 'express-serve-static-core' {
  interface Locals {
    requestId: string;
    /** the code of the problem that was answered */
    code?: string;
  }
}

/** What the OpenAPI validator leaves on a request that it knows. */
interface Matched {
  readonly openapi?: { readonly openApiRoute?: string };
}

/**
 * Gives each request an id and logs what became of it: id, method, route as the document writes it, status,
 * milliseconds and code. Never a URL, a body, a token or a pseudonym.
 */
export function requestLog(logger: Logger): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const started = performance.now();
    const requestId = randomUUID();
    response.locals.requestId = requestId;
    response.setHeader('x-request-id', requestId);
    response.once('close', () => {
      const { statusCode: status, locals } = response;
      const { openapi } = request as Matched;
      const level = status >= 500 ? 'error' : 'info';
      logger[level](
        {
          requestId,
          method: request.method,
          route: openapi?.openApiRoute ?? 'none',
          status: response.writableFinished ? status : 'aborted',
          ms: Math.round((performance.now() - started) * 10) / 10,
          ...(locals.code === undefined ? {} : { code: locals.code }),
        },
        'request',
      );
    });
    next();
  };
}
