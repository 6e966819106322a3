import { ledger } from '@hyperledger/fabric-protos';
import type { KeyRead, RangeRead } from '@veinledger/chaincode/replay';
import { readReadWriteSet } from '../../fabric/parse/read-write-set.js';

const { TxReadWriteSet, kvrwset } = ledger.rwset;

/** A key with the bytes that were written to it; without a value it was deleted. */
export interface ByteWrite {
  readonly key: string;
  readonly value?: Uint8Array;
}

/** What a transaction did to a private collection, by the hashes of its keys. */
export interface CollectionSet {
  readonly name: string;
  readonly reads: readonly KeyRead[];
  readonly writes: readonly ByteWrite[];
}

/** What a transaction read and wrote of one chaincode's state. */
export interface NamespaceSet {
  readonly namespace: string;
  readonly reads: readonly KeyRead[];
  readonly rangeReads: readonly RangeRead[];
  readonly writes: readonly ByteWrite[];
  readonly collections: readonly CollectionSet[];
  /** keys that were given an endorsement policy of their own */
  readonly metadataKeys: readonly string[];
}

/** Reads a serialised `TxReadWriteSet`. Throws an Error when it cannot be read, or names a chaincode twice. */
export function readNamespaces(bytes: Uint8Array): readonly NamespaceSet[] {
  const all = TxReadWriteSet.deserializeBinary(bytes).getNsRwsetList();
  const names = all.map((each) => each.getNamespace());
  if (new Set(names).size < names.length) throw new Error('a chaincode stands there twice');
  return all.map((each) => {
    const namespace = each.getNamespace();
    const set = kvrwset.KVRWSet.deserializeBinary(each.getRwset_asU8());
    const { reads, rangeReads } = readReadWriteSet(bytes, namespace);
    const collections = each.getCollectionHashedRwsetList().map(readCollection);
    return {
      namespace,
      reads,
      rangeReads,
      writes: set.getWritesList().map(readWrite),
      collections,
      metadataKeys: set.getMetadataWritesList().map((write) => write.getKey()),
    };
  });
}

function readWrite(write: ledger.rwset.kvrwset.KVWrite): ByteWrite {
  const key = write.getKey();
  return write.getIsDelete() ? { key } : { key, value: write.getValue_asU8() };
}

function readCollection(collection: ledger.rwset.CollectionHashedReadWriteSet): CollectionSet {
  const set = kvrwset.HashedRWSet.deserializeBinary(collection.getHashedRwset_asU8());
  return {
    name: collection.getCollectionName(),
    reads: set.getHashedReadsList().map((read): KeyRead => {
      const version = read.getVersion();
      const at = version && { block: version.getBlockNum(), transaction: version.getTxNum() };
      return { key: hex(read.getKeyHash_asU8()), version: at ?? null };
    }),
    writes: set.getHashedWritesList().map((write): ByteWrite => {
      const key = hex(write.getKeyHash_asU8());
      const gone = write.getIsDelete() || write.getIsPurge();
      return gone ? { key } : { key, value: write.getValueHash_asU8() };
    }),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
