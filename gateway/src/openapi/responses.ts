import { mayKeep } from '../operation/may-keep.js';
import type { AnswerRow, AnyOperation } from '../operation/operation.js';
import { componentRef, jsonSchema } from './components.js';
import {
  EVERY_ANSWER,
  headerObjects,
  type HeadersOfAnswer,
  rateLimits,
} from '../operation/headers.js';

interface ResponseRow {
  readonly description: string;
  readonly headers: HeadersOfAnswer;
  readonly content?: object;
}

const PROBLEM = { 'application/problem+json': { schema: componentRef('Problem') } };

/** What every operation may answer besides what went well, under the names by which operations refer to it. */
const SHARED = {
  NotModified: {
    description: 'The answer is the one whose tag If-None-Match named',
    headers: { ETag: 'always', ...rateLimits('sometimes') },
  },
  Unauthorised: {
    description: 'The call shows no token that is valid here (RFC 9457)',
    headers: { 'WWW-Authenticate': 'always' },
    content: PROBLEM,
  },
  TooManyRequests: {
    description: 'The caller asks more often than it may, or too many others ask (RFC 9457)',
    headers: { 'Retry-After': 'always', ...rateLimits('sometimes') },
    content: PROBLEM,
  },
  Refused: {
    description: 'What was asked cannot be done as it was asked: a problem (RFC 9457)',
    headers: { 'Retry-After': 'sometimes', ...rateLimits('sometimes') },
    content: PROBLEM,
  },
  Failed: {
    description: 'The gateway or the ledger cannot do it now: a problem (RFC 9457)',
    headers: { 'Retry-After': 'sometimes', ...rateLimits('sometimes') },
    content: PROBLEM,
  },
} satisfies Readonly<Record<string, ResponseRow>>;

/** The answers that operations refer to. */
export function responseComponents(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(SHARED).map(([name, row]) => [name, responseObject(row)]),
  );
}

/** Everything that an operation may answer, by status. */
export function responsesOf(operation: AnyOperation): Readonly<Record<string, object>> {
  const { access, answers } = operation;
  return {
    ...Object.fromEntries(
      Object.entries(answers).map(([status, row]) => [status, ofAnswer(operation, status, row)]),
    ),
    ...(mayKeep(operation) ? { 304: responseRef('NotModified') } : {}),
    ...(access === 'actor' ? { 401: responseRef('Unauthorised') } : {}),
    '429': responseRef('TooManyRequests'),
    '4XX': responseRef('Refused'),
    default: responseRef('Failed'),
  };
}

function ofAnswer(operation: AnyOperation, status: string, row: AnswerRow): object {
  const { description, schema, mediaType = 'application/json', headers = {} } = row;
  const empty = schema === undefined && row.mediaType === undefined;
  const content = { [mediaType]: { schema: schema ? jsonSchema(schema) : { type: 'string' } } };
  return responseObject({
    description,
    headers: {
      ...(operation.access === 'actor' ? rateLimits('always') : {}),
      ...(mayKeep(operation) && status === '200' ? { ETag: 'always' as const } : {}),
      ...headers,
    },
    ...(empty ? {} : { content }),
  });
}

function responseObject({ description, headers, content }: ResponseRow): object {
  return {
    description,
    headers: headerObjects({ ...EVERY_ANSWER, ...headers }, jsonSchema),
    ...(content === undefined ? {} : { content }),
  };
}

function responseRef(name: keyof typeof SHARED): object {
  return { $ref: `#/components/responses/${name}` };
}
