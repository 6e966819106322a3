import express, { type Express, type RequestHandler } from 'express';
import * as openapi from 'express-openapi-validator';
import type { GatewayConfig } from '../config.js';
import type { OpenApiDocument } from '../openapi/document.js';
import type { AnyOperation, Answer, Question } from '../routes/operation.js';
import { unauthorised } from '../auth/unauthorised.js';

/** The largest body that the gateway reads: a command of 128 KiB with its annexes. */
const MAX_BODY_BYTES = 1024 * 1024;

type ApiSpec = Exclude<Parameters<typeof openapi.middleware>[0]['apiSpec'], string>;

/** Reads bodies, checks requests and answers against the document, and answers the operations. */
export function mountOperations(
  app: Express,
  operations: readonly AnyOperation[],
  document: OpenApiDocument,
  environment: GatewayConfig['environment'],
): void {
  app.use(express.json({ limit: MAX_BODY_BYTES, strict: true, type: 'application/json' }));
  if (environment === 'production') mountDirectly(app, operations);
  // the validator changes the document that it is given
  const apiSpec = JSON.parse(JSON.stringify(document)) as ApiSpec;
  app.use(
    ...openapi.middleware({
      apiSpec,
      validateApiSpec: true,
      validateRequests: { allowUnknownQueryParameters: false, coerceTypes: false },
      // the suites hold every operation's answers against the document: in production that would be done twice
      validateResponses:
        environment === 'production' ? false : { coerceTypes: false, removeAdditional: false },
      validateSecurity: false,
      fileUploader: false,
    }),
  );
  for (const operation of operations) {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app[operation.method](path, handler(operation));
  }
}

/** Most requests fit: those that an operation can tell by itself go to it at once. */
function mountDirectly(app: Express, operations: readonly AnyOperation[]): void {
  for (const operation of operations) {
    const { method, path, fits } = operation;
    if (fits === undefined) continue;
    const handle = handler(operation);
    app[method](path, (request, response, next) => {
      if (request.originalUrl !== path || !fits(request.body)) {
        next();
        return undefined;
      }
      // as the validator does, for those who name routes
      Object.assign(request, { openapi: { openApiRoute: path } });
      return handle(request, response, next);
    });
  }
}

function handler(operation: AnyOperation): RequestHandler {
  return async (request, response) => {
    const answer =
      operation.access === 'public'
        ? await operation.handle()
        : await operation.handle(question(request, response.locals.caller));
    send(response, answer);
  };
}

function question(
  request: Parameters<RequestHandler>[0],
  caller: Question['caller'] | undefined,
): Question {
  if (caller === undefined) throw unauthorised('TOKEN_MISSING', 'the call shows no token');
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.params)) {
    if (typeof value === 'string') parameters[name] = value;
  }
  return { caller, parameters, body: request.body as unknown };
}

function send(response: Parameters<RequestHandler>[1], { status, body }: Answer): void {
  response.status(status).set('cache-control', 'no-store').json(body);
}
