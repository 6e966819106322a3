import { ledger, peer } from '@hyperledger/fabric-protos';
import type { LedgerTransaction } from '@veinledger/chaincode/replay';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import type { StateEntry } from './store.js';

/** The name under which the one chaincode of a channel keeps its state. */
export const CHAINCODE_NAME = 'veinledger';

/** `google.protobuf.Timestamp` of a time in milliseconds since 1970. */
export function protobufTimestamp(milliseconds: number) {
  const timestamp = new timestamps.Timestamp();
  timestamp.fromDate(new Date(milliseconds));
  return timestamp;
}

/** One entry of a range read, as a peer sends it. */
export function stateResult(entry: StateEntry): Uint8Array {
  const result = new ledger.queryresult.KV();
  result.setNamespace(CHAINCODE_NAME);
  result.setKey(entry.key);
  result.setValue(Buffer.from(entry.value));
  return result.serializeBinary();
}

/** One change of a key, as a peer sends it. */
export function historyResult(key: string, transaction: LedgerTransaction): Uint8Array {
  const value = transaction.writes.find((write) => write.key === key)?.value ?? null;
  const result = new ledger.queryresult.KeyModification();
  result.setTxId(transaction.transactionId);
  result.setValue(Buffer.from(value ?? ''));
  result.setIsDelete(value === null);
  result.setTimestamp(protobufTimestamp(Date.parse(transaction.timestamp)));
  return result.serializeBinary();
}

/** A batch of results; with `hasMore` the iterator asks for the next one under `id`. */
export function queryResponse(id: string, results: readonly Uint8Array[], hasMore: boolean) {
  const response = new peer.QueryResponse();
  response.setId(id);
  response.setHasMore(hasMore);
  response.setResultsList(
    results.map((bytes) => {
      const result = new peer.QueryResultBytes();
      result.setResultbytes(bytes);
      return result;
    }),
  );
  return response;
}
