import { error as openapiErrors } from 'express-openapi-validator';
import { z } from 'zod';
import type { ProblemDetails } from './problem.js';

/** What express's body parser throws (http-errors). */
const parserError = z.object({ type: z.string(), status: z.int() });

/** How express-openapi-validator tells of a query parameter that the document does not name. */
const UNKNOWN_PARAMETER = /^Unknown query parameter '(.*)'$/s;

/** What became of a request that the body parser or the OpenAPI document refuses; undefined for other errors. */
export function requestProblem(error: unknown): ProblemDetails | undefined {
  return ofDocument(error) ?? ofParser(error);
}

function ofDocument(error: unknown): ProblemDetails | undefined {
  if (error instanceof openapiErrors.NotFound) {
    return { status: 404, code: 'UNKNOWN_ROUTE', detail: 'the gateway has no such route' };
  }
  if (error instanceof openapiErrors.MethodNotAllowed) {
    return {
      status: 405,
      code: 'METHOD_NOT_ALLOWED',
      detail: error.message,
      headers: { allow: error.headers?.Allow ?? '' },
    };
  }
  if (error instanceof openapiErrors.UnsupportedMediaType) return notJson(error.message);
  if (!(error instanceof openapiErrors.BadRequest)) return undefined;
  const first = error.errors[0];
  const unknown = UNKNOWN_PARAMETER.exec(first?.message ?? '')?.[1];
  if (unknown !== undefined) return unknownParameter(unknown);
  return {
    status: 400,
    code: 'INVALID_REQUEST',
    detail: 'the request does not fit the OpenAPI document',
    field: (first?.path ?? '').replace(/^\//, '').replaceAll('/', '.'),
    expected: first?.message ?? error.message,
  };
}

function unknownParameter(name: string): ProblemDetails {
  return {
    status: 400,
    code: 'UNKNOWN_PARAMETER',
    detail: 'the route has no such query parameter',
    field: `query.${name}`,
    expected: 'a parameter that /v1/openapi.json names for the route',
    found: name,
  };
}

function ofParser(error: unknown): ProblemDetails | undefined {
  if (error instanceof URIError) return malformedUrl();
  const parsed = parserError.safeParse(error);
  if (!parsed.success) return undefined;
  switch (parsed.data.type) {
    case 'entity.parse.failed':
      return { status: 400, code: 'MALFORMED_JSON', detail: 'the body is no JSON', field: 'body' };
    case 'entity.too.large':
      return {
        status: 413,
        code: 'BODY_TOO_LARGE',
        detail: 'the body is larger than the gateway takes',
        field: 'body',
        expected: 'at most 1 MiB',
      };
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return notJson('unsupported charset or encoding');
    default:
      return parsed.data.status < 500
        ? {
            status: 400,
            code: 'INVALID_REQUEST',
            detail: 'the body could not be read',
            field: 'body',
          }
        : undefined;
  }
}

function malformedUrl(): ProblemDetails {
  return {
    status: 400,
    code: 'INVALID_REQUEST',
    detail: 'the URL is not well formed',
    field: 'path',
  };
}

function notJson(found: string): ProblemDetails {
  return {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'the body is not of a type that the gateway reads',
    field: 'content-type',
    expected: 'application/json',
    found,
  };
}
