import type { CommandRecord } from '@veinledger/domain';
import { type LedgerBlock, VALIDATION } from '@veinledger/chaincode/replay';
import type { Ledger } from '@veinledger/ledger';
import type { Sent } from './steady-load.js';

/** What became of the commands that were acknowledged, by the blocks. */
export interface Tally {
  readonly acknowledged: number;
  /** decided once, in the transaction that the receipt names */
  readonly found: number;
  /** decided more than once */
  readonly doubled: number;
  /** in no block, or in another transaction than the receipt says */
  readonly lost: number;
}

/** The transactions that decided on a command, by its id: valid ones that wrote; a repeated submission writes nothing. */
export type Decisions = ReadonlyMap<string, readonly string[]>;

/**
 * Every block that a ledger has, and at least to the last that a receipt names: who acknowledged may have asked a peer that
 * is a block ahead of the one that is read here.
 */
export async function* blocksThrough(
  ledger: Pick<Ledger, 'blocks' | 'follow'>,
  sent: readonly Sent[],
): AsyncGenerator<LedgerBlock, void> {
  const last = Math.max(-1, ...sent.flatMap(({ acknowledged }) => acknowledged?.block ?? []));
  let next = 0;
  for await (const block of ledger.blocks()) {
    yield block;
    next = block.number + 1;
  }
  if (next > last) return;
  for await (const block of ledger.follow(next, new AbortController().signal)) {
    yield block;
    if (block.number >= last) return;
  }
}

/** Which transactions of these blocks decided on which command. */
export async function readDecisions(blocks: AsyncIterable<LedgerBlock>): Promise<Decisions> {
  const decisions = new Map<string, string[]>();
  for await (const { transactions } of blocks) {
    for (const { transactionId, validationCode, writes, response } of transactions) {
      if (validationCode !== VALIDATION.VALID || writes.length === 0) continue;
      const { commandId } = JSON.parse(response) as CommandRecord;
      decisions.set(commandId, [...(decisions.get(commandId) ?? []), transactionId]);
    }
  }
  return decisions;
}

/** An acknowledged command that is not in the transaction that its receipt names. */
export interface Lost {
  readonly commandId: string;
  readonly acknowledged: NonNullable<Sent['acknowledged']>;
  /** the transactions that decided on it instead; none when no block that was read holds it */
  readonly decided: readonly string[];
}

export function lostOf(sent: readonly Sent[], decisions: Decisions): readonly Lost[] {
  return sent.flatMap(({ commandId, acknowledged }) => {
    const decided = decisions.get(commandId) ?? [];
    if (!acknowledged || decided.includes(acknowledged.transactionId)) return [];
    return [{ commandId, acknowledged, decided }];
  });
}

/** Looks every acknowledged command up. */
export function tallyOf(sent: readonly Sent[], decisions: Decisions): Tally {
  const count = { acknowledged: 0, found: 0, doubled: 0, lost: lostOf(sent, decisions).length };
  for (const { commandId, acknowledged } of sent) {
    const decided = decisions.get(commandId) ?? [];
    // what the client gave up may be in a block, and must not be in two
    if (decided.length > 1) count.doubled += 1;
    if (!acknowledged) continue;
    count.acknowledged += 1;
    if (decided.length === 1 && decided.includes(acknowledged.transactionId)) count.found += 1;
  }
  return count;
}
