/** An item of a list, and the place after which a later page goes on. */
export interface Placed<T> {
  readonly item: T;
  /** means something to its own list only */
  readonly place: string;
}

/** A list in its own order, from its beginning or from after a place. */
export type Listing<T> = (after?: string) => AsyncIterable<Placed<T>>;

/** Part of a list; `last` is the place of its last item where the list goes on. */
export interface Taken<T> {
  readonly items: readonly T[];
  readonly last?: string;
}

export interface Taking<T> {
  readonly after?: string | undefined;
  readonly limit: number;
  /** what is not asked for is left out */
  readonly matches?: (item: T) => boolean;
  /** aborted when nobody waits for the items any more */
  readonly signal: AbortSignal;
}

/**
 * Takes the next items of a list that match; it goes on where one more does. Few may match of many: once nobody waits, it
 * is looked through no further, and what was found answers nobody.
 */
export async function take<T>(listing: Listing<T>, taking: Taking<T>): Promise<Taken<T>> {
  const { after, limit, matches = () => true, signal } = taking;
  const items: T[] = [];
  let last: string | undefined;
  for await (const { item, place } of listing(after)) {
    if (signal.aborted) break;
    if (!matches(item)) continue;
    if (items.length === limit) return last === undefined ? { items } : { items, last };
    items.push(item);
    last = place;
  }
  return { items };
}
