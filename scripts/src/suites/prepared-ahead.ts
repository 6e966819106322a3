/** So many groups are prepared while another runs: what they fetch and build is there when their turn comes. */
const AHEAD = 2;

/**
 * Prepares things one after the other, ahead of whoever takes them.
 * @throws what a preparation throws, when its turn comes
 */
export async function* preparedAhead<T>(
  preparations: readonly (() => T | Promise<T>)[],
): AsyncGenerator<T> {
  const waiting = [...preparations];
  const begun: Promise<T>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const begin = (count: number) => {
    for (const prepare of waiting.splice(0, count - begun.length)) {
      const prepared = last.then(prepare);
      // what it throws is told when its turn comes
      last = prepared.catch(() => undefined);
      begun.push(prepared);
    }
  };
  begin(1);
  for (let next = begun.shift(); next !== undefined; next = begun.shift()) {
    const prepared = await next;
    begin(AHEAD);
    yield prepared;
  }
}
