import { createHash } from 'node:crypto';
import { canonicalise } from '@veinledger/domain';
import type { Answer } from '../operation/answer.js';

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

function tagOf(mediaType: string, content: string): string {
  const hash = createHash('sha256').update(JSON.stringify([mediaType, content]));
  return `"${hash.digest('base64url')}"`;
}
