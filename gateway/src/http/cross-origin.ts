import cors from 'cors';
import type { RequestHandler } from 'express';

const ONE_HOUR_SECONDS = 3600;

/** What pages of other origins may read of an answer. */
const EXPOSED = [
  'etag',
  'link',
  'location',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'retry-after',
  'x-request-id',
];

/** What pages of other origins may send. */
const ALLOWED = [
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'last-event-id',
  'traceparent',
];

/** Lets pages of these origins call the gateway, with tokens and never with cookies; undefined where there are none. */
export function crossOrigin(origins: readonly string[]): RequestHandler | undefined {
  if (origins.length === 0) return undefined;
  return cors({
    // browsers send an origin without a path or an end
    origin: origins.map((origin) => new URL(origin).origin),
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ALLOWED,
    exposedHeaders: EXPOSED,
    maxAge: ONE_HOUR_SECONDS,
  });
}
