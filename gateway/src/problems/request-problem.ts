import { error as openapiErrors } from 'express-openapi-validator';
import { z } from 'zod';
import type { ProblemDetails } from './problem.js';

/** What reading a body throws: express's parser (http-errors), or zlib, whose errors have a code and no type. */
const parserError = z.object({
  status: z.int(),
  type: z.string().optional(),
  code: z.string().optional(),
  message: z.string(),
  /** the most bytes that the parser takes, where there were more */
  limit: z.int().optional(),
});
type ParserError = z.infer<typeof parserError>;

/** How zlib tells that a compressed body ends too early. */
const CUT_OFF = 'Z_BUF_ERROR';

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
  if (error instanceof openapiErrors.UnsupportedMediaType) {
    return unsupported('content-type', 'application/json', error.message);
  }
  return error instanceof openapiErrors.BadRequest ? malformedUrl() : undefined;
}

function ofParser(error: unknown): ProblemDetails | undefined {
  if (error instanceof URIError) return malformedUrl();
  const { data } = parserError.safeParse(error);
  if (data === undefined || data.status >= 500) return undefined;
  switch (data.type) {
    case 'entity.parse.failed':
      return malformedJson(faultIn(data.message));
    case 'entity.too.large':
      return {
        status: 413,
        code: 'BODY_TOO_LARGE',
        detail: 'the body is larger than the gateway takes',
        field: 'body',
        ...(data.limit !== undefined && { expected: `at most ${data.limit / 1024} KiB, inflated` }),
      };
    case 'charset.unsupported':
      return unsupportedCharset(data.message);
    case 'encoding.unsupported':
      return unsupported('content-encoding', 'identity, gzip, deflate, br or zstd', data.message);
    default:
      return unreadable(data);
  }
}

/** A body that could not be read to its end, or is not compressed as it says. */
function unreadable({ type, code, message }: ParserError): ProblemDetails {
  if (type === undefined && code !== undefined && code !== CUT_OFF) {
    return unsupported('content-encoding', 'a body that is compressed as it says', code);
  }
  return {
    status: 400,
    code: 'BODY_CUT_OFF',
    detail: 'the body could not be read to its end',
    field: 'body',
    expected: 'a whole body',
    found: message,
  };
}

/** Where a text is no JSON: JSON's own message may quote it. */
function faultIn(message: string): string {
  const place = /position \d+/.exec(message)?.[0];
  return place === undefined ? 'another text' : `a fault at ${place}`;
}

/** The body is no JSON. */
export function malformedJson(found: string): ProblemDetails {
  return {
    status: 400,
    code: 'MALFORMED_JSON',
    detail: 'the body is no JSON',
    field: 'body',
    expected: 'an object or a list in JSON (RFC 8259), no member of it named __proto__',
    found,
  };
}

/** The body is in a charset that the gateway does not read. */
export function unsupportedCharset(found: string): ProblemDetails {
  return unsupported('content-type', 'charset=utf-8, or none', found);
}

function malformedUrl(): ProblemDetails {
  return {
    status: 400,
    code: 'INVALID_REQUEST',
    detail: 'the URL is not well formed',
    field: 'path',
    expected: 'percent-encoded UTF-8 (RFC 3986 section 2.5)',
  };
}

function unsupported(field: string, expected: string, found: string): ProblemDetails {
  return {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'the body is not of a type that the gateway reads',
    field,
    expected,
    found,
  };
}
