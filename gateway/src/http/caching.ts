import { createHash } from 'node:crypto';
import { canonicalise } from '@veinledger/chaincode/domain';
import type { Answer } from '../routes/answer.js';
import type { AnyOperation } from '../routes/operation.js';

/** Whether callers may keep what an operation answers, and ask whether it is still the same. */
export function mayKeep({ method, caching }: AnyOperation): boolean {
  return method === 'get' && caching !== 'never';
}

/**
 * A strong entity tag (RFC 9110, section 8.8.3): the SHA-256 of the canonical JSON, or of the text, with its media
 * type. Undefined for what is no success or has no end yet.
 */
export function entityTag(answer: Answer): string | undefined {
  if (answer.status !== 200) return undefined;
  if ('body' in answer) return tagOf(answer.mediaType ?? '', canonicalise(answer.body));
  return 'text' in answer ? tagOf(answer.mediaType, answer.text) : undefined;
}

/**
 * Whether an If-None-Match names the tag (RFC 9110, section 13.1.2). A request's own `Cache-Control: no-cache`, which
 * fetch adds to every such request, speaks to caches on the way and changes nothing here.
 */
export function isKnown(tag: string, ifNoneMatch: string | undefined): boolean {
  const known = ifNoneMatch?.split(',').map((each) => each.trim().replace(/^W\//, '')) ?? [];
  return known.includes(tag) || known.includes('*');
}

/** The request headers by which an operation's answers differ, as Vary lists them; undefined for none. */
export function variesBy({ access, answers }: AnyOperation): string | undefined {
  const negotiated = Object.values(answers).some(({ also = [] }) => also.length > 0);
  if (access === 'public') return negotiated ? 'Accept' : undefined;
  return negotiated ? 'Authorization, Accept' : 'Authorization';
}

function tagOf(mediaType: string, content: string): string {
  const hash = createHash('sha256').update(`${mediaType}\n${content}`);
  return `"${hash.digest('base64url')}"`;
}
