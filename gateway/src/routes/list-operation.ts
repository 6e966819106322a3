import { parseClosed } from '@veinledger/domain';
import { z } from 'zod';
import { type CursorSeal, MAX_CURSOR_LENGTH } from '../reads/cursor-seal.js';
import { type Listing, take } from '../reads/listing/listing.js';
import { exactOptional } from '../openapi/schemas/vocabulary.js';
import { found } from '../operation/answer.js';
import type {
  ActorOperation,
  OptionalParameter,
  PathParameter,
  Question,
} from '../operation/operation.js';

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;

const limit = z.int().min(1).max(MAX_LIMIT);
const cursor = z.string().min(1).max(MAX_CURSOR_LENGTH);

const PAGING = {
  limit: {
    description: `How many items a page holds at most; ${DEFAULT_LIMIT} when left out`,
    schema: limit,
  },
  cursor: {
    description: 'The member next of the page before; every other parameter but limit stays',
    schema: cursor,
  },
} satisfies Readonly<Record<string, OptionalParameter>>;

const paging = z.object({ limit: limit.default(DEFAULT_LIMIT), cursor: cursor.optional() });

/** Which of a list's items are asked for, by their schemas. */
export type Filters = Readonly<Record<string, OptionalParameter>>;

/** What the caller filters by: the given ones as their schemas read them. */
export type Filtering<F extends Filters> = {
  readonly [Name in keyof F]?: z.output<F[Name]['schema']> | undefined;
};

/** A list: where it is, what its items are, and who may see it. */
export interface ListRow<T, F extends Filters> {
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly parameters: Readonly<Record<string, PathParameter>>;
  readonly item: z.ZodType<T>;
  readonly filters: F;
  /**
   * The list that the caller asks for.
   * @throws VeinledgerError NOT_ENTITLED
   */
  readonly list: (question: Question, filtering: Filtering<F>) => Listing<T> | Promise<Listing<T>>;
  readonly matches?: (item: T, filtering: Filtering<F>) => boolean;
}

/** The schema of a page of such items. */
export function pageOf(item: z.ZodType) {
  return z.strictObject({ items: z.array(item), next: exactOptional(cursor) });
}

/** An operation that answers a list in pages. */
export function listOperation<T, F extends Filters>(
  cursors: CursorSeal,
  row: ListRow<T, F>,
): ActorOperation {
  const { path, id, tag, summary, parameters, item, filters, list, matches } = row;
  return {
    access: 'actor',
    method: 'get',
    path,
    id,
    tag,
    summary,
    parameters,
    query: { ...filters, ...PAGING },
    answers: { 200: { description: summary, schema: pageOf(item) } },
    item,
    handle: async (question) => {
      const { query, caller, signal } = question;
      const filtering = readFilters(filters, query);
      const asked = { list: id, parameters: question.parameters, filtering };
      const asking = { query: asked, caller: caller.id };
      const page = parseClosed(paging, query, 'query');
      const listing = await list(question, filtering);
      const after =
        page.cursor === undefined ? undefined : await cursors.place(page.cursor, asking);
      const { items, last } = await take(listing, {
        after,
        limit: page.limit,
        signal,
        ...(matches === undefined ? {} : { matches: (each) => matches(each, filtering) }),
      });
      if (last === undefined) return found({ items });
      return found({ items, next: await cursors.seal(last, asking) });
    },
  };
}

function readFilters<F extends Filters>(
  filters: F,
  query: Readonly<Record<string, unknown>>,
): Filtering<F> {
  const given = Object.entries(filters)
    .filter(([name]) => query[name] !== undefined)
    .map(
      ([name, { schema }]) => [name, parseClosed(schema, query[name], `query.${name}`)] as const,
    );
  return Object.fromEntries(given) as Filtering<F>;
}
