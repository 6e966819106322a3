import { LedgerError, type ChainVerification, type VerifyOptions } from '../port.js';
import { hashData, hashHeader } from './block-hash.js';
import { readAhead } from './block-stream.js';
import type { ChainQueries } from './chain-queries.js';
import type { RawBlock } from './parse/block.js';

/**
 * Walks every block in order, recomputes data hashes and the chain of header hashes up to the hash that the
 * peer gives for its last block, and names the first block that is broken. It proves one peer's blocks
 * consistent; that they are the consortium's, only a second member's peer or the orderers' signatures can.
 */
export async function walkChain(
  chain: ChainQueries,
  { signal, onProgress }: VerifyOptions = {},
): Promise<ChainVerification> {
  const { height, lastHash } = await chain.info();
  let previousHash = '';
  let number = 0;
  try {
    for await (const block of readAhead(chain, 0, height)) {
      signal?.throwIfAborted();
      const reason = findFault(block, number, previousHash);
      if (reason !== undefined) return { intact: false, brokenBlock: number, reason };
      previousHash = hashHeader(block);
      number += 1;
      onProgress?.({ done: number, total: height });
    }
  } catch (error) {
    if (!(error instanceof LedgerError) || error.kind !== 'contract') throw error;
    return { intact: false, brokenBlock: number, reason: error.message };
  }
  if (previousHash === lastHash) return { intact: true, height };
  const reason = `header hash: expected ${lastHash}, found ${previousHash}`;
  return { intact: false, brokenBlock: Math.max(height - 1, 0), reason };
}

function findFault(block: RawBlock, number: number, previousHash: string): string | undefined {
  if (block.number !== number) return `number: expected ${number}, found ${block.number}`;
  const previous = hex(block.previousHash);
  if (previous !== previousHash) {
    return `previous hash: expected ${previousHash}, found ${previous}`;
  }
  const dataHash = hashData(block);
  if (hex(block.dataHash) === dataHash) return undefined;
  return `data hash: expected ${hex(block.dataHash)}, found ${dataHash}`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
