import { ledger } from '@hyperledger/fabric-protos';
import type { KeyRead, KeyWrite, LedgerTransaction, RangeRead } from '@veinledger/chaincode/replay';
import { readText } from './text.js';

type ReadWriteSet = Pick<LedgerTransaction, 'reads' | 'rangeReads' | 'writes'>;

const { kvrwset } = ledger.rwset;

/** Reads what a serialised `TxReadWriteSet` holds of one chaincode's keys; private collections are left out. */
export function readReadWriteSet(bytes: Uint8Array, chaincode: string): ReadWriteSet {
  const namespaces = ledger.rwset.TxReadWriteSet.deserializeBinary(bytes).getNsRwsetList();
  const own = namespaces.find((each) => each.getNamespace() === chaincode);
  if (own === undefined) return { reads: [], rangeReads: [], writes: [] };
  const set = kvrwset.KVRWSet.deserializeBinary(own.getRwset_asU8());
  return {
    reads: set.getReadsList().map(readKeyRead),
    rangeReads: set.getRangeQueriesInfoList().map(readRange),
    writes: set.getWritesList().map(readWrite),
  };
}

function readKeyRead(read: ledger.rwset.kvrwset.KVRead): KeyRead {
  const version = read.getVersion();
  if (version === undefined) return { key: read.getKey(), version: null };
  return {
    key: read.getKey(),
    version: { block: version.getBlockNum(), transaction: version.getTxNum() },
  };
}

/** Of a range that was not read to its end, Fabric keeps the last key as end key and means it included. */
function readRange(range: ledger.rwset.kvrwset.RangeQueryInfo): RangeRead {
  const endKey = range.getItrExhausted() ? range.getEndKey() : `${range.getEndKey()}\u0000`;
  const results = range.getRawReads()?.getKvReadsList() ?? [];
  return {
    startKey: range.getStartKey(),
    endKey,
    results: results.map(readKeyRead),
    ...(range.hasReadsMerkleHashes() ? { hashed: true as const } : {}),
  };
}

function readWrite(write: ledger.rwset.kvrwset.KVWrite): KeyWrite {
  const value = write.getIsDelete() ? null : readText(write.getValue_asU8());
  return { key: write.getKey(), value };
}
