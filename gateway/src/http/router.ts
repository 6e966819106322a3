import { canonicalise } from '@veinledger/domain';
import type { Express, Request, RequestHandler, Response } from 'express';
import { error as openapiErrors } from 'express-openapi-validator';
import type { Caller } from '../auth/caller.js';
import type { GatewayConfig } from '../config/config.js';
import { unauthorised } from '../auth/unauthorised.js';
import type { IdempotencyService } from '../idempotency/idempotency-service.js';
import { keyNotTaken } from '../idempotency/key.js';
import type { OpenApiDocument } from '../openapi/document.js';
import type { Answer } from '../operation/answer.js';
import type { AnyOperation, Asked } from '../operation/operation.js';
import { mayKeep } from '../operation/may-keep.js';
import { checkedParameters } from './checked-parameters.js';
import { mayCompress } from './compression.js';
import { documentChecks } from './document-checks.js';
import { jsonBody } from './json-body.js';
import type { Lifecycle } from '../health/lifecycle.js';
import { refusedByDocument } from './refused-by-document.js';
import { sendAnswer } from './send-answer.js';

export interface RouterParts {
  readonly environment: GatewayConfig['environment'];
  readonly lifecycle: Pick<Lifecycle, 'stream'>;
  readonly idempotency: Pick<IdempotencyService, 'once'>;
}

/** Reads bodies, checks requests and answers against the document, and answers the operations. */
export function mountOperations(
  app: Express,
  operations: readonly AnyOperation[],
  document: OpenApiDocument,
  parts: RouterParts,
): void {
  app.use(jsonBody());
  if (parts.environment === 'production') mountDirectly(app, operations, parts);
  for (const path of Object.keys(document.paths)) {
    // the suites hold every operation's answers against the document: in production that would be done twice
    const answers = parts.environment !== 'production';
    app.all(routeOf(path), documentChecks(document, path, { answers }));
  }
  for (const operation of operations) {
    app[operation.method](routeOf(operation.path), handler(operation, parts));
  }
  app.use(({ path }) => {
    throw new openapiErrors.NotFound({ path });
  });
  app.use(refusedByDocument(operations));
}

/** A path of the document as express writes it. */
function routeOf(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** Most requests fit: those that an operation can tell by itself go to it at once. */
function mountDirectly(
  app: Express,
  operations: readonly AnyOperation[],
  parts: RouterParts,
): void {
  for (const operation of operations) {
    const { method, path, fits } = operation;
    if (fits === undefined) continue;
    const handle = handler(operation, parts);
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

function handler(operation: AnyOperation, { lifecycle, idempotency }: RouterParts): RequestHandler {
  return async (request, response) => {
    const asked = askedBy(operation, request, response);
    const answer = await answerTo(operation, asked, response, idempotency);
    if (operation.access === 'actor') response.vary('Authorization');
    const compressible = mayCompress(operation, answer);
    await sendAnswer(response, answer, { lifecycle, keep: mayKeep(operation), compressible });
  };
}

/** Does what is asked; a POST under an idempotency key is done once. */
async function answerTo(
  operation: AnyOperation,
  asked: Asked,
  response: Response,
  idempotency: RouterParts['idempotency'],
): Promise<Answer> {
  const { method, originalUrl: path } = response.req;
  const header = method === 'POST' ? asked.header('idempotency-key') : undefined;
  if (header !== undefined && operation.idempotency === 'none') throw keyNotTaken();
  if (operation.access === 'public') return operation.handle(asked);
  const caller = callerOf(response);
  const work = (): Promise<Answer> => operation.handle({ ...asked, caller });
  if (header === undefined) return work();
  const keyed = { header, caller: namedIn(caller), method, path, body: asked.body };
  return idempotency.once(keyed, work);
}

/** A caller in other roles is another one: what was answered to more of them is for no fewer. */
function namedIn({ id, roles }: Caller): string {
  return canonicalise([id, ...[...roles].sort()]);
}

function askedBy(operation: AnyOperation, request: Request, response: Response): Asked {
  const parameters = checkedParameters(operation, request);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return {
    parameters,
    query: request.query,
    header: (name) => request.get(name),
    body: request.body as unknown,
    signal: gone.signal,
  };
}

function callerOf({ locals }: Response): Caller {
  if (locals.caller === undefined) throw unauthorised('TOKEN_MISSING', 'the call shows no token');
  return locals.caller;
}
