import compression from 'compression';
import type { Request, Response } from 'express';
import type { Answer } from '../operation/answer.js';
import { mayKeep } from '../operation/may-keep.js';
import type { AnyOperation } from '../operation/operation.js';

/** For what is public: compressed as its media type allows, where the caller takes that. */
export const compressed = compression();

/**
 * Whether an answer may be compressed: JSON that is read, or public. Not annexes, which nobody may keep; not answers to
 * POST, which may open something; not problems, which repeat what was sent; not pages; never streams of events; not
 * webhooks, whose addresses are secrets of their receivers. A
 * compressed answer's length tells what in it repeats (BREACH), and so nothing secret is in one.
 */
export function mayCompress(
  operation: Pick<AnyOperation, 'method' | 'caching' | 'compression'>,
  answer: Answer,
): boolean {
  const { compression: rule } = operation;
  if (rule === 'never' || answer.status !== 200 || !('body' in answer)) return false;
  return rule === 'public' || mayKeep(operation);
}

/** Whether the caller takes an answer compressed (RFC 9110, section 12.5.3). */
export function takesCompressed(request: Request): boolean {
  return request.acceptsEncodings('br', 'gzip', 'deflate', 'identity') !== 'identity';
}

/** From now on what is written to the response is compressed, where that makes it shorter. */
export function compress(response: Response): void {
  compressed(response.req, response, () => undefined);
}
