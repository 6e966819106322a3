import type { common } from '@hyperledger/fabric-protos';
import {
  blockFacts,
  FACTS,
  transactionId,
  transactionsOf,
  type BlockFacts,
} from './block-facts.js';
import { allAgree, oddOnes } from './majority.js';

/** A peer's blocks from the first on, and how many it holds. */
export interface BlockStream {
  readonly peer: { readonly name: string; readonly endpoint: string };
  height(): Promise<number>;
  next(): Promise<common.Block>;
}

/** The first transaction on which peers differ. */
export interface TransactionDifference {
  /** its place in the block, from 0 */
  readonly index: number;
  readonly id: string | undefined;
}

/** The first block on which peers differ. */
export interface BlockDifference {
  readonly block: number;
  /** what differs, and what each peer says */
  readonly facts: readonly {
    readonly fact: keyof BlockFacts;
    readonly peers: Readonly<Record<string, string>>;
  }[];
  readonly transaction?: TransactionDifference;
  /** who differs from more than half of the peers; undefined when no block has so many */
  readonly odd: readonly string[] | undefined;
}

export interface BlockComparison {
  /** blocks that every peer holds */
  readonly height: number;
  readonly heights: Readonly<Record<string, number>>;
  /** how many blocks differ */
  readonly differing: number;
  readonly first?: BlockDifference;
  /** peers that could not be asked, and why */
  readonly failures: Readonly<Record<string, string>>;
  /** blocks whose transactions are not those of their own header */
  readonly damaged: readonly { readonly peer: string; readonly block: number }[];
}

const PROGRESS_BLOCKS = 1000;

/**
 * Reads every peer's blocks side by side, up to the lowest height, one block of each at a time. Who does
 * not answer at the start is left out, and told.
 * @throws Error naming the peer that stops handing over its blocks
 */
export async function compareBlocks(
  sources: readonly BlockStream[],
  log: (line: string) => void = () => undefined,
): Promise<BlockComparison> {
  const { heights, answering, failures } = await askHeights(sources);
  const height = answering.length === 0 ? 0 : Math.min(...Object.values(heights));
  const damaged: { peer: string; block: number }[] = [];
  let differing = 0;
  let first: BlockDifference | undefined;
  for (let number = 0; number < height; number += 1) {
    const blocks = new Map(
      await Promise.all(
        answering.map(async (each) => [each.peer.name, await asked(each, each.next())] as const),
      ),
    );
    const facts = new Map([...blocks].map(([name, block]) => [name, blockFacts(block)]));
    for (const [peer, said] of facts) {
      if (said.data !== said['data hash']) damaged.push({ peer, block: number });
    }
    if (!allAgree(asText(facts))) {
      differing += 1;
      first ??= describeDifference(number, blocks, facts);
    }
    if (number > 0 && number % PROGRESS_BLOCKS === 0) log(`block ${number} of ${height}`);
  }
  return {
    ...{ height, heights, failures, differing, damaged },
    ...(first && { first }),
  };
}

async function askHeights(sources: readonly BlockStream[]) {
  const heights: Record<string, number> = {};
  const failures: Record<string, string> = {};
  const answers = await Promise.allSettled(sources.map((source) => source.height()));
  const answering = sources.filter(({ peer: { name } }, index) => {
    const answer = answers[index];
    if (answer?.status === 'fulfilled') heights[name] = answer.value;
    else failures[name] = String(answer?.reason);
    return answer?.status === 'fulfilled';
  });
  return { heights, answering, failures };
}

function describeDifference(
  number: number,
  blocks: ReadonlyMap<string, common.Block>,
  facts: ReadonlyMap<string, BlockFacts>,
): BlockDifference {
  const differing = FACTS.map((fact) => ({
    fact,
    said: new Map([...facts].map(([name, each]) => [name, each[fact]])),
  })).filter(({ said }) => !allAgree(said));
  const transaction = firstTransaction(blocks, facts);
  return {
    block: number,
    facts: differing.map(({ fact, said }) => ({ fact, peers: Object.fromEntries(said) })),
    odd: oddOnes(asText(facts)),
    ...(transaction && { transaction }),
  };
}

function firstTransaction(
  blocks: ReadonlyMap<string, common.Block>,
  facts: ReadonlyMap<string, BlockFacts>,
): TransactionDifference | undefined {
  const transactions = [...blocks].map(([name, block]) => ({
    envelopes: transactionsOf(block),
    flags: Buffer.from(facts.get(name)?.['validation flags'] ?? '', 'hex'),
  }));
  const count = Math.max(...transactions.map(({ envelopes }) => envelopes.length));
  for (let index = 0; index < count; index += 1) {
    const said = transactions.map(({ envelopes, flags }) =>
      JSON.stringify([Buffer.from(envelopes[index] ?? []).toString('base64'), flags[index]]),
    );
    if (new Set(said).size > 1) {
      const [id] = transactions.flatMap(({ envelopes }) => transactionId(envelopes[index]) ?? []);
      return { index, id };
    }
  }
  return undefined;
}

function asText(facts: ReadonlyMap<string, BlockFacts>): Map<string, string> {
  return new Map(
    [...facts].map(([name, each]) => [name, JSON.stringify(FACTS.map((fact) => each[fact]))]),
  );
}

async function asked<T>({ peer }: BlockStream, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${peer.name} at ${peer.endpoint} does not hand over its blocks: ${why}`, {
      cause,
    });
  }
}
