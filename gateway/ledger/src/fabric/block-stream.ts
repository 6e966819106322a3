import type { ChainQueries } from './chain-queries.js';
import type { RawBlock } from './parse/block.js';

/** How many blocks are asked for before the first of them is used. */
const AHEAD = 8;

/** The blocks from `first` up to `height`, in order, a few of them fetched ahead. */
export async function* readAhead(
  chain: Pick<ChainQueries, 'block'>,
  first: number,
  height: number,
): AsyncGenerator<RawBlock, void> {
  const asked: Promise<RawBlock>[] = [];
  for (let next = first; next < height || asked.length > 0;) {
    while (next < height && asked.length < AHEAD) {
      const block = chain.block(next);
      // whoever stops early never waits for the rest; a failure still reaches whoever does
      block.catch(() => undefined);
      asked.push(block);
      next += 1;
    }
    const block = await asked.shift();
    if (block !== undefined) yield block;
  }
}
