import { common, peer } from '@hyperledger/fabric-protos';
import { readIdentity, type BlockIdentity } from './identity.js';

/** An endorser transaction's outer layers: who sent it when, and to which chaincode. */
export interface EndorserEnvelope {
  readonly transactionId: string;
  /** RFC 3339 with milliseconds, UTC */
  readonly timestamp: string;
  readonly creator: BlockIdentity;
  /** the chaincode that the header names */
  readonly chaincode: string;
  /** a serialised `Transaction` */
  readonly transaction: Uint8Array;
}

/** Reads a serialised `Envelope`; undefined when it is no endorser transaction but, say, a config update. */
export function readEnvelope(bytes: Uint8Array): EndorserEnvelope | undefined {
  const envelope = common.Envelope.deserializeBinary(bytes);
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const header = payload.getHeader();
  if (header === undefined) throw new Error('payload: expected a header, found none');

  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  if (channelHeader.getType() !== common.HeaderType.ENDORSER_TRANSACTION) return undefined;

  const signatureHeader = common.SignatureHeader.deserializeBinary(
    header.getSignatureHeader_asU8(),
  );
  return {
    transactionId: channelHeader.getTxId(),
    timestamp: readTimestamp(channelHeader),
    creator: readIdentity(signatureHeader.getCreator_asU8()),
    chaincode: readChaincode(channelHeader),
    transaction: payload.getData_asU8(),
  };
}

function readTimestamp(channelHeader: common.ChannelHeader): string {
  const timestamp = channelHeader.getTimestamp();
  if (timestamp === undefined) throw new Error('channel header: expected a timestamp, found none');
  return timestamp.toDate().toISOString();
}

function readChaincode(channelHeader: common.ChannelHeader): string {
  const extension = peer.ChaincodeHeaderExtension.deserializeBinary(
    channelHeader.getExtension_asU8(),
  );
  return extension.getChaincodeId()?.getName() ?? '';
}
