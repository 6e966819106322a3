import { gateway, msp } from '@hyperledger/fabric-protos';
import type { SubmitterIdentity } from '../port.js';

/** A serialised request for what became of a transaction that another peer may have sent. */
export function commitRequest(
  channel: string,
  transactionId: string,
  { mspId, certificate }: SubmitterIdentity,
): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(certificate));
  const request = new gateway.CommitStatusRequest();
  request.setChannelId(channel);
  request.setTransactionId(transactionId);
  request.setIdentity(identity.serializeBinary());
  const unsigned = new gateway.SignedCommitStatusRequest();
  unsigned.setRequest(request.serializeBinary());
  return unsigned.serializeBinary();
}
