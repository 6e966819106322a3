import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import * as openapi from 'express-openapi-validator';
import type { Caller } from '../auth/caller.js';
import { unauthorised } from '../auth/unauthorised.js';
import type { OpenApiDocument } from '../openapi/document.js';
import type { AnyOperation, Asked } from '../routes/operation.js';
import { mayKeep, variesBy } from './caching.js';
import { sendAnswer } from './send-answer.js';
import { partOf, selectionOf } from './sparse-answer.js';

/** The largest body that the gateway reads: a command of 128 KiB with its annexes. */
const MAX_BODY_BYTES = 1024 * 1024;

type ApiSpec = Exclude<Parameters<typeof openapi.middleware>[0]['apiSpec'], string>;

/** Reads bodies, checks requests and answers against the document, and answers the operations. */
export function mountOperations(
  app: Express,
  operations: readonly AnyOperation[],
  document: OpenApiDocument,
): void {
  app.use(express.json({ limit: MAX_BODY_BYTES, strict: true, type: 'application/json' }));
  // the validator changes the document that it is given
  const apiSpec = JSON.parse(JSON.stringify(document)) as ApiSpec;
  app.use(
    ...openapi.middleware({
      apiSpec,
      validateApiSpec: true,
      validateRequests: { allowUnknownQueryParameters: false, coerceTypes: false },
      validateResponses: { coerceTypes: false, removeAdditional: false },
      validateSecurity: false,
      fileUploader: false,
    }),
  );
  for (const operation of operations) {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app[operation.method](path, handler(operation));
  }
}

function handler(operation: AnyOperation): RequestHandler {
  return async (request, response) => {
    const asked = askedBy(request, response);
    const selection = selectionOf(operation, asked);
    const answer =
      operation.access === 'public'
        ? await operation.handle(asked)
        : await operation.handle({ ...asked, caller: callerOf(response) });
    const varies = variesBy(operation);
    if (varies !== undefined) response.vary(varies);
    await sendAnswer(response, partOf(answer, selection), mayKeep(operation));
  };
}

function askedBy(request: Request, response: Response): Asked {
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.params)) {
    if (typeof value === 'string') parameters[name] = value;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return {
    parameters,
    query: request.query,
    header: (name) => request.get(name),
    prefers: (mediaTypes) => request.accepts([...mediaTypes]) || undefined,
    body: request.body as unknown,
    signal: gone.signal,
  };
}

function callerOf({ locals }: Response): Caller {
  if (locals.caller === undefined) throw unauthorised('TOKEN_MISSING', 'the call shows no token');
  return locals.caller;
}
