import { ledger } from '@hyperledger/fabric-protos';
import type { KeyRead } from '@veinledger/chaincode/replay';

const { kvrwset } = ledger.rwset;

export interface SampleRange {
  readonly startKey: string;
  readonly endKey: string;
  readonly exhausted: boolean;
  readonly results?: readonly KeyRead[];
  readonly hashes?: readonly string[];
}

/** The keys that a sample transaction read and wrote; a null value deletes. */
export function setOf(sample: {
  readonly reads?: readonly KeyRead[];
  readonly ranges?: readonly SampleRange[];
  readonly writes?: Readonly<Record<string, string | null>>;
}): ledger.rwset.kvrwset.KVRWSet {
  const set = new kvrwset.KVRWSet();
  set.setReadsList((sample.reads ?? []).map(readOf));
  set.setRangeQueriesInfoList((sample.ranges ?? []).map(rangeOf));
  set.setWritesList(
    Object.entries(sample.writes ?? {}).map(([key, value]) => {
      const write = new kvrwset.KVWrite();
      write.setKey(key);
      write.setIsDelete(value === null);
      write.setValue(Buffer.from(value ?? ''));
      return write;
    }),
  );
  return set;
}

function readOf({ key, version }: KeyRead): ledger.rwset.kvrwset.KVRead {
  const read = new kvrwset.KVRead();
  read.setKey(key);
  if (version === null) return read;
  const seen = new kvrwset.Version();
  seen.setBlockNum(version.block);
  seen.setTxNum(version.transaction);
  read.setVersion(seen);
  return read;
}

function rangeOf(sample: SampleRange): ledger.rwset.kvrwset.RangeQueryInfo {
  const range = new kvrwset.RangeQueryInfo();
  range.setStartKey(sample.startKey);
  range.setEndKey(sample.endKey);
  range.setItrExhausted(sample.exhausted);
  if (sample.hashes === undefined) {
    const reads = new kvrwset.QueryReads();
    reads.setKvReadsList((sample.results ?? []).map(readOf));
    range.setRawReads(reads);
  } else {
    const summary = new kvrwset.QueryReadsMerkleSummary();
    summary.setMaxLevelHashesList(sample.hashes.map((hash) => Buffer.from(hash, 'hex')));
    range.setReadsMerkleHashes(summary);
  }
  return range;
}
