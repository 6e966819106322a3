import { VALIDATION, type LedgerTransaction } from '@veinledger/chaincode/replay';
import type { ChainVerification, VerifyOptions } from '../port.js';
import { hashHeader, hashTransactions } from './block-hash.js';
import { IndexCheck } from './index-check.js';
import type { Snapshot } from './snapshot.js';
import { type Head, positionKey, type Store } from './store.js';
import { encodeVersioned } from './versioned-value.js';

interface Broken {
  readonly block: number;
  readonly reason: string;
  readonly key?: string;
}

/** What the state database has to hold of a key, by the last block that wrote it; null when deleted. */
interface Expected {
  readonly block: number;
  readonly stored: string | null;
}

/**
 * Walks every block in order, recomputes data hash and chain, and compares state and indexes (transactions' positions,
 * keys' histories) with what the blocks hold: each entry that must be there, and none beside. Names the first block that is broken. Throws the signal's reason when it is aborted.
 */
export async function walkChain(
  store: Store,
  options: VerifyOptions = {},
): Promise<ChainVerification> {
  const snapshot = store.snapshot();
  try {
    const head = await store.head(snapshot);
    const broken = await findBroken(store, head, snapshot, options);
    if (broken === undefined) return { intact: true, height: head.height };
    const { block: brokenBlock, ...why } = broken;
    return { intact: false, brokenBlock, ...why };
  } finally {
    await snapshot.close();
  }
}

async function findBroken(
  store: Store,
  head: Head,
  snapshot: Snapshot,
  { signal, onProgress }: VerifyOptions,
): Promise<Broken | undefined> {
  const expected = new Map<string, Expected>();
  const indexes = new IndexCheck(store, snapshot);
  let previousHash = '';
  for (let number = 0; number < head.height; number += 1) {
    signal?.throwIfAborted();
    const walked = await walkBlock(store, number, previousHash, snapshot);
    if ('reason' in walked) return { block: number, reason: walked.reason };
    previousHash = walked.hash;
    const astray = await indexes.block(walked.transactions);
    if (astray !== undefined) return { block: number, ...astray };
    for (const transaction of walked.transactions) replay(transaction, expected);
    onProgress?.({ done: number + 1, total: head.height });
  }
  if (previousHash !== head.lastHash) {
    const reason = `header hash: expected ${head.lastHash}, found ${previousHash}`;
    return { block: Math.max(head.height - 1, 0), reason };
  }
  const last = Math.max(head.height - 1, 0);
  const differing = await compareState(store.storedState(snapshot), expected, last);
  if (differing) return differing;
  const beside = await indexes.beside();
  return beside === undefined ? undefined : { block: last, reason: beside };
}

async function walkBlock(
  store: Store,
  number: number,
  previousHash: string,
  snapshot: Snapshot,
): Promise<{ hash: string; transactions: LedgerTransaction[] } | { reason: string }> {
  const header = await store.header(number, snapshot).catch(() => 'unreadable' as const);
  if (header === undefined) return { reason: 'the block is missing' };
  if (header === 'unreadable') return { reason: 'the header is unreadable' };
  if (header.number !== number)
    return { reason: `number: expected ${number}, found ${header.number}` };
  if (header.previousHash !== previousHash) {
    return { reason: `previous hash: expected ${previousHash}, found ${header.previousHash}` };
  }
  const serialised = await store.serialisedTransactions(number, snapshot);
  const dataHash = hashTransactions(serialised);
  if (header.dataHash !== dataHash) {
    return { reason: `data hash: expected ${header.dataHash}, found ${dataHash}` };
  }
  const transactions = serialised.map((text) => JSON.parse(text) as LedgerTransaction);
  const strange = transactions.findIndex((each, at) => each.block !== number || each.index !== at);
  if (strange >= 0) return { reason: `transaction ${strange}: it says that it lies elsewhere` };
  const positions = await store.positionsOf(number, snapshot);
  const astray = positions.findIndex(
    (each, at) => each !== positionKey({ block: number, transaction: at }),
  );
  if (astray >= 0) return { reason: `transaction ${astray}: it lies at ${positions[astray]}` };
  return { hash: hashHeader(header), transactions };
}

function replay(transaction: LedgerTransaction, state: Map<string, Expected>): void {
  if (transaction.validationCode !== VALIDATION.VALID) return;
  const { block, index } = transaction;
  for (const { key, value } of transaction.writes) {
    const stored = value === null ? null : encodeVersioned(value, { block, transaction: index });
    state.set(key, { block, stored });
  }
}

async function compareState(
  state: AsyncIterable<[string, string]>,
  expected: Map<string, Expected>,
  lastBlock: number,
): Promise<Broken | undefined> {
  const differing: Broken[] = [];
  for await (const [key, stored] of state) {
    const wanted = expected.get(key);
    expected.delete(key);
    if (stored === wanted?.stored) continue;
    const why = wanted === undefined ? 'no block wrote it' : 'not what the block wrote';
    differing.push({ block: wanted?.block ?? lastBlock, reason: `state: ${why}`, key: name(key) });
  }
  for (const [key, { block, stored }] of expected) {
    if (stored === null) continue;
    differing.push({ block, reason: 'state: missing', key: name(key) });
  }
  return differing.sort((left, right) => left.block - right.block)[0];
}

/** Composite keys hold null characters; JSON shows them. */
function name(key: string): string {
  return JSON.stringify(key);
}
