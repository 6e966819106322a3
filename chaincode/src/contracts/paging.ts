import type { Iterators } from 'fabric-shim-api';
import {
  type Entity,
  type EntityOf,
  keyFor,
  type KeyParts,
  type Noun,
  VeinledgerError,
} from '@veinledger/domain';
import { bookmarkAt, bookmarkOf, keyAt } from '../state/bookmark.js';
import { compositeKey } from '../state/composite-key.js';
import type { LedgerContext } from './ledger-context.js';

/** The most entities of one page. */
export const MAX_PAGE = 500;

const decoder = new TextDecoder();

/** Part of what lies under a prefix, in the order of the keys. */
export interface Page<T = Entity> {
  readonly entities: readonly T[];
  /** asks for the next page; empty after the last one */
  readonly bookmark: string;
}

/** As the shim answers it, which leaves the metadata out when a page is empty. */
interface PageOfState {
  readonly iterator: Iterators.StateQueryIterator;
  readonly metadata?: { readonly bookmark: string };
}

/** Part of the keys under a prefix with their texts. */
export interface StoredPage {
  readonly entries: readonly (readonly [key: string, value: string])[];
  /** asks for the next page; empty after the last one */
  readonly bookmark: string;
}

/**
 * One page of what lies under a prefix.
 * @param pageSize 1 to {@link MAX_PAGE}, in decimal digits
 * @param bookmark as the page before gave it; empty for the first page
 * @throws VeinledgerError SCHEMA_VIOLATION for another size, INVALID_BOOKMARK for one of another query: a peer would read
 *   on from wherever it points
 */
export async function readPage(
  context: LedgerContext,
  prefix: KeyParts,
  pageSize: string,
  bookmark: string,
): Promise<Page> {
  const page = await readStoredPage(context, prefix, pageSize, bookmark);
  return {
    bookmark: page.bookmark,
    entities: page.entries.map(([, value]) => JSON.parse(value) as Entity),
  };
}

/**
 * One page of what lies under several prefixes, one after the other. A page ends with what is under a prefix, and its
 * bookmark then begins the next. As {@link readPage}.
 */
export async function readPageOfSeveral(
  context: LedgerContext,
  prefixes: readonly KeyParts[],
  pageSize: string,
  bookmark: string,
): Promise<Page> {
  const at = bookmark === '' ? '' : Buffer.from(bookmark, 'base64url').toString();
  const place = Math.max(
    0,
    prefixes.findIndex((prefix) => at.startsWith(compositeKey(prefix))),
  );
  const [prefix, next] = [prefixes[place], prefixes[place + 1]];
  if (prefix === undefined) return { entities: [], bookmark: '' };
  const page = await readPage(context, prefix, pageSize, bookmark);
  if (page.bookmark !== '' || next === undefined) return page;
  return { ...page, bookmark: bookmarkOf(compositeKey(next)) };
}

/**
 * One page of those entities of a noun that the reader sees. It reads on until the page is full, so that a bookmark names
 * no entity that is hidden from the reader. As {@link readPage}.
 * @param sees left out where every member sees all of them
 */
export async function readPageOf<N extends Noun>(
  context: LedgerContext,
  noun: N,
  { pageSize, bookmark }: { readonly pageSize: string; readonly bookmark: string },
  sees: (entity: EntityOf<N>) => boolean = () => true,
): Promise<Page<EntityOf<N>>> {
  const size = sizeOf(pageSize);
  const [objectType] = keyFor(noun, {});
  const asked = String(Math.min(size + 1, MAX_PAGE));
  const seen: EntityOf<N>[] = [];
  let at = bookmark;
  do {
    const page = await readPage(context, [objectType], asked, at);
    const named = page.entities.filter((each): each is EntityOf<N> => each.noun === noun);
    seen.push(...named.filter(sees));
    at = page.bookmark;
  } while (at !== '' && seen.length <= size);
  const next = seen[size];
  return { entities: seen.slice(0, size), bookmark: next ? bookmarkAt(next) : '' };
}

/** A page of keys with their texts, which need not be entities. As {@link readPage}. */
export async function readStoredPage(
  { stub }: LedgerContext,
  prefix: KeyParts,
  pageSize: string,
  bookmark: string,
): Promise<StoredPage> {
  const size = sizeOf(pageSize);
  const [type, ...attributes] = prefix;
  const page: PageOfState = await stub.getStateByPartialCompositeKeyWithPagination(
    type,
    attributes,
    size,
    keyAt(bookmark, prefix),
  );
  const entries: [string, string][] = [];
  const { iterator } = page;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    entries.push([next.value.key, decoder.decode(next.value.value)]);
  }
  await iterator.close();
  return { entries, bookmark: nextBookmark(prefix, page.metadata?.bookmark ?? '') };
}

function sizeOf(pageSize: string): number {
  const size = /^[1-9][0-9]{0,2}$/.test(pageSize) ? Number(pageSize) : 0;
  if (size >= 1 && size <= MAX_PAGE) return size;
  throw new VeinledgerError('SCHEMA_VIOLATION', 'no such size of a page', {
    field: 'pageSize',
    expected: `1 to ${MAX_PAGE}`,
    found: pageSize.slice(0, 20),
  });
}

/** Fabric's bookmark is the next key, which after the last one may lie beyond the prefix. */
function nextBookmark(prefix: KeyParts, next: string): string {
  return next.startsWith(compositeKey(prefix)) ? bookmarkOf(next) : '';
}
