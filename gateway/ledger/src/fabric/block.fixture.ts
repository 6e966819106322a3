import { common, ledger, msp, peer } from '@hyperledger/fabric-protos';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { hashData, hashHeader } from './block-hash.js';
import { readRawBlock } from './parse/block.js';

/** A transaction for tests; what is left out is a hand-off that wrote nothing. */
export interface SampleTransaction {
  readonly transactionId: string;
  readonly type?: number;
  readonly chaincode?: string;
  readonly time?: Date;
  readonly creator?: { readonly mspId: string; readonly certificate: string };
  readonly input?: readonly string[];
  readonly response?: string;
  readonly endorsers?: readonly string[];
  readonly event?: { readonly name: string; readonly payload: string };
  /** read-write sets by chaincode */
  readonly sets?: Readonly<Record<string, ledger.rwset.kvrwset.KVRWSet>>;
}

export const SAMPLE_TIME = new Date('2026-11-22T13:07:00.250Z');
export const SAMPLE_CREATOR = { mspId: 'HospitalMSP', certificate: 'certificate of a nurse' };

/** A serialised `Envelope`. */
export function envelopeOf(sample: SampleTransaction): Uint8Array {
  const payload = new common.Payload();
  payload.setHeader(headerOf(sample));
  payload.setData(transactionOf(sample));
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return envelope.serializeBinary();
}

/** A serialised `Block` with the hashes that Fabric would give it. */
export function blockOf(
  number: number,
  previous: Uint8Array | undefined,
  envelopes: readonly Uint8Array[],
  validationCodes: readonly number[] = envelopes.map(() => 0),
): Uint8Array {
  const data = new common.BlockData();
  data.setDataList([...envelopes]);
  const header = new common.BlockHeader();
  header.setNumber(number);
  if (previous !== undefined) {
    header.setPreviousHash(Buffer.from(hashHeader(readRawBlock(previous)), 'hex'));
  }
  const metadata = new common.BlockMetadata();
  const filter = Uint8Array.from(validationCodes);
  metadata.setMetadataList([new Uint8Array(), new Uint8Array(), filter]);
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  block.setMetadata(metadata);
  const dataHash = hashData(readRawBlock(block.serializeBinary()));
  header.setDataHash(Buffer.from(dataHash, 'hex'));
  return block.serializeBinary();
}

function headerOf(sample: SampleTransaction): common.Header {
  const chaincodeId = new peer.ChaincodeID();
  chaincodeId.setName(sample.chaincode ?? 'veinledger');
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(sample.type ?? common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setTxId(sample.transactionId);
  const timestamp = new timestamps.Timestamp();
  timestamp.fromDate(sample.time ?? SAMPLE_TIME);
  channelHeader.setTimestamp(timestamp);
  channelHeader.setExtension$(extension.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(identityOf(sample.creator ?? SAMPLE_CREATOR));
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  return header;
}

function transactionOf(sample: SampleTransaction): Uint8Array {
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(responseOf(sample));
  endorsed.setEndorsementsList(
    (sample.endorsers ?? ['HospitalMSP', 'LabMSP']).map((mspId) => {
      const endorsement = new peer.Endorsement();
      endorsement.setEndorser(identityOf({ mspId, certificate: `certificate of ${mspId}` }));
      return endorsement;
    }),
  );
  const actionPayload = new peer.ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(proposalOf(sample));
  actionPayload.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setPayload(actionPayload.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.setActionsList([action]);
  return transaction.serializeBinary();
}

function proposalOf({ input = ['custody:ReleaseItem', 'jws'] }: SampleTransaction): Uint8Array {
  const chaincodeInput = new peer.ChaincodeInput();
  chaincodeInput.setArgsList(input.map((text) => Buffer.from(text)));
  const spec = new peer.ChaincodeSpec();
  spec.setInput(chaincodeInput);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const proposal = new peer.ChaincodeProposalPayload();
  proposal.setInput(invocation.serializeBinary());
  return proposal.serializeBinary();
}

function responseOf({ response = 'receipt', event, sets = {} }: SampleTransaction): Uint8Array {
  const answer = new peer.Response();
  answer.setStatus(200);
  answer.setPayload(Buffer.from(response));
  const action = new peer.ChaincodeAction();
  action.setResponse(answer);
  action.setResults(readWriteSetOf(sets));
  if (event !== undefined) {
    const chaincodeEvent = new peer.ChaincodeEvent();
    chaincodeEvent.setEventName(event.name);
    chaincodeEvent.setPayload(Buffer.from(event.payload));
    action.setEvents(chaincodeEvent.serializeBinary());
  }
  const payload = new peer.ProposalResponsePayload();
  payload.setExtension$(action.serializeBinary());
  return payload.serializeBinary();
}

function readWriteSetOf(sets: NonNullable<SampleTransaction['sets']>): Uint8Array {
  const all = new ledger.rwset.TxReadWriteSet();
  all.setNsRwsetList(
    Object.entries(sets).map(([chaincode, set]) => {
      const namespace = new ledger.rwset.NsReadWriteSet();
      namespace.setNamespace(chaincode);
      namespace.setRwset(set.serializeBinary());
      return namespace;
    }),
  );
  return all.serializeBinary();
}

function identityOf({ mspId, certificate }: { mspId: string; certificate: string }): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(certificate));
  return identity.serializeBinary();
}
