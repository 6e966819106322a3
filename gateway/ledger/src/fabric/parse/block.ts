import { common, peer } from '@hyperledger/fabric-protos';
import type { LedgerBlock, LedgerTransaction } from '@veinledger/chaincode/replay';
import { readTransaction } from './transaction.js';

/** A block's header and serialised envelopes, as hashing needs them. */
export interface RawBlock {
  readonly number: number;
  readonly previousHash: Uint8Array;
  readonly dataHash: Uint8Array;
  readonly envelopes: readonly Uint8Array[];
  /** a validation code per envelope, written by the peer that committed the block */
  readonly validationCodes: Uint8Array;
  /** what was added to the block after its hash was made, by `BlockMetadataIndex` */
  readonly metadata: readonly Uint8Array[];
}

/** Reads a serialised `Block`. Throws an Error when it has no header. */
export function readRawBlock(bytes: Uint8Array): RawBlock {
  return rawBlockOf(common.Block.deserializeBinary(bytes));
}

/** Takes a `Block` apart. Throws an Error when it has no header. */
export function rawBlockOf(block: common.Block): RawBlock {
  const header = block.getHeader();
  if (header === undefined) throw new Error('block: expected a header, found none');
  const metadata = block.getMetadata()?.getMetadataList_asU8() ?? [];
  return {
    number: header.getNumber(),
    previousHash: header.getPreviousHash_asU8(),
    dataHash: header.getDataHash_asU8(),
    envelopes: block.getData()?.getDataList_asU8() ?? [],
    validationCodes: metadata[common.BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array(),
    metadata,
  };
}

/**
 * Reads a block with the transactions that concern one chaincode; config and lifecycle are left out.
 * Throws an Error that names block and index when a valid transaction cannot be read.
 */
export function readBlock(block: RawBlock, chaincode: string): LedgerBlock {
  const { number, envelopes, validationCodes } = block;
  const transactions = envelopes.map((envelope, index): LedgerTransaction | undefined => {
    const validationCode = validationCodes[index] ?? peer.TxValidationCode.NOT_VALIDATED;
    return readTransaction(envelope, { block: number, index, validationCode }, chaincode);
  });
  return {
    number,
    previousHash: hex(block.previousHash),
    dataHash: hex(block.dataHash),
    transactions: transactions.filter((each) => each !== undefined),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
