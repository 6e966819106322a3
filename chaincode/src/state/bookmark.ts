import { type Entity, keyOf, type KeyParts, VeinledgerError } from '@veinledger/domain';
import { compositeKey } from './composite-key.js';

/**
 * The bookmark at which a page begins with this entity, or with what comes after it where the entity is there no more.
 * What others write before or behind it moves nothing.
 */
export function bookmarkAt(entity: Entity): string {
  return bookmarkOf(compositeKey(keyOf(entity)));
}

/** The bookmark at which a page begins with a key: the key itself, base64url. */
export function bookmarkOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}

/**
 * The key that a page of what lies under a prefix begins with; empty for the first page.
 * @throws VeinledgerError INVALID_BOOKMARK for one of another query: a peer would read on from wherever it points
 */
export function keyAt(bookmark: string, prefix: KeyParts): string {
  if (bookmark === '') return '';
  const key = Buffer.from(bookmark, 'base64url').toString();
  if (key.startsWith(compositeKey(prefix))) return key;
  throw new VeinledgerError('INVALID_BOOKMARK', 'the bookmark is not of this query', {
    field: 'bookmark',
    expected: 'a bookmark that a page of the same query gave',
    found: bookmark.slice(0, 40),
  });
}
