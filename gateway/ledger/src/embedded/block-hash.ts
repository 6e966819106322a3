import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalise } from '@veinledger/domain';
import type { LedgerTransaction } from '@veinledger/chaincode/replay';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal digits');

/** A block without its transactions. */
export const blockHeader = z.strictObject({
  number: z.int().min(0),
  /** hash of the header before, lower-case hexadecimal; empty in block 0 */
  previousHash: z.union([z.literal(''), sha256]),
  dataHash: sha256,
});

export type BlockHeader = z.infer<typeof blockHeader>;

/** A transaction as the ledger keeps and hashes it: canonical JSON (RFC 8785). */
export function serialiseTransaction(transaction: LedgerTransaction): string {
  return canonicalise(transaction);
}

/** SHA-256 over the canonical JSON array of the block's transactions, each already serialised. */
export function hashTransactions(serialised: readonly string[]): string {
  const hash = createHash('sha256').update('[');
  serialised.forEach((text, index) => hash.update(index === 0 ? text : `,${text}`));
  return hash.update(']').digest('hex');
}

/** SHA-256 over number (8 bytes, big-endian), previous hash (32 bytes, none in block 0) and data hash. */
export function hashHeader(header: BlockHeader): string {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(header.number));
  return createHash('sha256')
    .update(number)
    .update(header.previousHash, 'hex')
    .update(header.dataHash, 'hex')
    .digest('hex');
}
