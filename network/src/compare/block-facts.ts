import { createHash } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';

/** Where Fabric keeps the hash over what a block wrote, chained to the block before. */
const COMMIT_HASH = common.BlockMetadataIndex.COMMIT_HASH;
const VALIDATION_FLAGS = common.BlockMetadataIndex.TRANSACTIONS_FILTER;

/** What a peer says of a block. Who ordered it signs the header, not the rest; values are hex. */
export interface BlockFacts {
  readonly 'previous hash': string;
  readonly 'data hash': string;
  /** SHA-256 over the transactions as they were handed over, which the data hash must be */
  readonly data: string;
  /** a byte for each transaction, 0 for a valid one */
  readonly 'validation flags': string;
  readonly 'commit hash': string;
}

export const FACTS = [
  'previous hash',
  'data hash',
  'data',
  'validation flags',
  'commit hash',
] as const satisfies readonly (keyof BlockFacts)[];

export function blockFacts(block: common.Block): BlockFacts {
  const header = block.getHeader();
  const metadata = block.getMetadata()?.getMetadataList_asU8() ?? [];
  const data = createHash('sha256');
  for (const envelope of transactionsOf(block)) data.update(envelope);
  return {
    'previous hash': hex(header?.getPreviousHash_asU8()),
    'data hash': hex(header?.getDataHash_asU8()),
    data: data.digest('hex'),
    'validation flags': hex(metadata[VALIDATION_FLAGS]),
    'commit hash': hex(metadata[COMMIT_HASH]),
  };
}

/** The transactions of a block, as bytes. */
export function transactionsOf(block: common.Block): Uint8Array[] {
  return block.getData()?.getDataList_asU8() ?? [];
}

/** The id in a transaction's channel header; undefined when it cannot be read. */
export function transactionId(envelope: Uint8Array | undefined): string | undefined {
  if (envelope === undefined) return undefined;
  try {
    const payload = common.Payload.deserializeBinary(
      common.Envelope.deserializeBinary(envelope).getPayload_asU8(),
    );
    const header = payload.getHeader()?.getChannelHeader_asU8() ?? new Uint8Array();
    return common.ChannelHeader.deserializeBinary(header).getTxId();
  } catch {
    return undefined;
  }
}

function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}
