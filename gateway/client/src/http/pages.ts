import { page, type Page } from '../wire/page.js';
import { ofForm } from './transport.js';

/** What a list is asked: filters by name, and how many items a page holds at most. */
export type Query = Readonly<Record<string, string | number>>;

/** A path with query parameters. */
function pathWith(path: string, query: Query): string {
  const text = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  if (text === '') return path;
  return `${path}${path.includes('?') ? '&' : '?'}${text}`;
}

/** A list's pages in order, each read when it is asked for. */
export async function* pagesOf<T>(
  read: (path: string) => Promise<unknown>,
  path: string,
  query: Query,
): AsyncGenerator<Page<T>, void, undefined> {
  let cursor: string | undefined;
  do {
    const asked = pathWith(path, cursor === undefined ? query : { ...query, cursor });
    const { items, next } = ofForm(await read(asked), page);
    yield { items: items as readonly T[], ...(next === undefined ? {} : { next }) };
    cursor = next;
  } while (cursor !== undefined);
}
