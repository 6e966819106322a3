import { excerpt, expectationOf, kindOf, violationOf } from '@veinledger/domain';
import type { ErrorRequestHandler, Request } from 'express';
import { error as openapiErrors } from 'express-openapi-validator';
import type { z } from 'zod';
import { malformedKey } from '../idempotency/malformed-key.js';
import { type ProblemDetails, ProblemError } from '../problems/problem.js';
import type { AnyOperation } from '../operation/operation.js';
import { submission } from '../openapi/schemas/submission.js';

/** Where in a request something stands, as the validator names it: `/query/limit`, `/body/annexes/results`. */
const PLACE = /^\/?(params|query|headers|body)(?:\/([^/]*))?/;

/** What the validator leaves on a request that it knows. */
interface Matched {
  readonly openapi?: {
    readonly openApiRoute?: string;
    readonly pathParams?: Readonly<Record<string, unknown>>;
  };
}

/**
 * Tells of a request that does not fit the document what was expected, by the schemas that the document is made of, and
 * what was found: of a body only its kind, since bodies hold passphrases.
 */
export function refusedByDocument(operations: readonly AnyOperation[]): ErrorRequestHandler {
  return (error: unknown, request, _response, next) => {
    if (!(error instanceof openapiErrors.BadRequest)) {
      next(error);
      return;
    }
    const { openapi } = request as Matched;
    const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase();
    const route = openapi?.openApiRoute;
    const operation = operations.find((each) => each.path === route && each.method === method);
    next(operation === undefined ? error : new ProblemError(toldBy(operation, request, error)));
  };
}

function toldBy(
  operation: AnyOperation,
  request: Request & Matched,
  { errors: [first] }: InstanceType<typeof openapiErrors.BadRequest>,
): ProblemDetails {
  const [, place = 'body', name = ''] = PLACE.exec(first?.path ?? '') ?? [];
  const { query = {} } = operation;
  switch (place) {
    case 'params':
      return told(
        'params',
        name,
        operation.parameters[name]?.schema,
        request.openapi?.pathParams?.[name],
      );
    case 'headers':
      if (name === 'idempotency-key') return malformedKey();
      return told('headers', name, operation.headers?.[name]?.schema, request.headers[name]);
    case 'query':
      return name in query
        ? told('query', name, query[name]?.schema, request.query[name])
        : unknownParameter(name, Object.keys(query));
    default: {
      const schema = operation.takes === undefined ? operation.body : submission;
      return told('body', '', schema, request.body);
    }
  }
}

/** What a request names at a place that the schema of this place does not take. */
export function told(
  place: 'params' | 'query' | 'headers' | 'body',
  name: string,
  schema: z.ZodType | undefined,
  value: unknown,
): ProblemDetails {
  const describe = place === 'body' ? kindOf : excerpt;
  const { error } = schema?.safeParse(value, { error: expectationOf }) ?? {};
  const violation = error
    ? violationOf(error, value, describe)
    : { place: [], expected: 'what /v1/openapi.json asks for here', found: describe(value) };
  return {
    status: 400,
    code: 'INVALID_REQUEST',
    detail: 'the request does not fit the OpenAPI document',
    field: [place, name, ...violation.place].filter((step) => step !== '').join('.'),
    expected: violation.expected,
    found: violation.found,
  };
}

function unknownParameter(name: string, known: readonly string[]): ProblemDetails {
  return {
    status: 400,
    code: 'UNKNOWN_PARAMETER',
    detail: 'the route has no such query parameter',
    field: `query.${name}`,
    expected: known.length === 0 ? 'no query parameter' : `one of ${known.join(', ')}`,
    found: name,
  };
}
