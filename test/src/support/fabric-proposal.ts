import { createHash, randomBytes } from 'node:crypto';
import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash } from '@hyperledger/fabric-gateway';
import { common, gateway, msp, peer } from '@hyperledger/fabric-protos';
import type { Invocation } from '@veinledger/ledger';
import {
  answering,
  lowSSigner,
  readFailure,
  type FabricPeer,
} from '@veinledger/ledger/fabric-gateway';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';

const NONCE_BYTES = 24;

/** A proposal whose transaction time its client chose, which the client library does not let it do. */
export interface TimedProposal {
  readonly peer: FabricPeer;
  readonly channel: string;
  readonly chaincode: string;
  readonly invocation: Invocation;
  readonly time: Date;
  /** how long to wait for endorsements, milliseconds; 60000 when left out */
  readonly deadline?: number;
}

/**
 * Asks a peer's gateway to endorse a proposal with a given transaction time; nothing is ordered.
 * Gives what the gateway makes of the error that came back; undefined when the proposal was endorsed.
 */
export async function endorseAt(proposal: TimedProposal): Promise<string | undefined> {
  const { peer: at, invocation, deadline = 60_000 } = proposal;
  const { submitter } = invocation;
  const client = new Client(at.endpoint, credentials.createSsl(Buffer.from(at.tlsCaPem)), {
    'grpc.ssl_target_name_override': at.serverName,
  });
  try {
    const sign = lowSSigner(submitter.privateKey);
    const identity = {
      mspId: submitter.mspId,
      credentials: Buffer.from(submitter.certificate),
    };
    const service = connect({ client, identity, signer: sign, hash: hash.none });
    const unsigned = service.newProposal(proposedTransaction(proposal));
    await answering(() => unsigned.endorse({ deadline: Date.now() + deadline }));
    return undefined;
  } catch (error) {
    const failure = readFailure(error);
    if (failure === undefined) throw error;
    return failure.message;
  } finally {
    client.close();
  }
}

function proposedTransaction(timed: TimedProposal): Uint8Array {
  const creator = creatorOf(timed);
  const nonce = randomBytes(NONCE_BYTES);
  const transactionId = createHash('sha256').update(nonce).update(creator).digest('hex');

  const proposal = new peer.Proposal();
  proposal.setHeader(headerOf(timed, creator, nonce, transactionId));
  proposal.setPayload(payloadOf(timed));
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  const proposed = new gateway.ProposedTransaction();
  proposed.setTransactionId(transactionId);
  proposed.setProposal(signed);
  proposed.setEndorsingOrganizationsList([...(timed.invocation.endorsers ?? [])]);
  return proposed.serializeBinary();
}

function creatorOf({ invocation }: TimedProposal): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(invocation.submitter.mspId);
  identity.setIdBytes(Buffer.from(invocation.submitter.certificate));
  return identity.serializeBinary();
}

function headerOf(
  timed: TimedProposal,
  creator: Uint8Array,
  nonce: Uint8Array,
  transactionId: string,
): Uint8Array {
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId(timed));
  const timestamp = new timestamps.Timestamp();
  timestamp.fromDate(timed.time);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setTxId(transactionId);
  channelHeader.setTimestamp(timestamp);
  channelHeader.setChannelId(timed.channel);
  channelHeader.setExtension$(extension.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  return header.serializeBinary();
}

function payloadOf(timed: TimedProposal): Uint8Array {
  const { function: name, args, transient = {} } = timed.invocation;
  const input = new peer.ChaincodeInput();
  input.setArgsList([name, ...args].map((text) => Buffer.from(text)));
  const spec = new peer.ChaincodeSpec();
  spec.setType(peer.ChaincodeSpec.Type.NODE);
  spec.setChaincodeId(chaincodeId(timed));
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  const map = payload.getTransientmapMap();
  for (const [key, content] of Object.entries(transient)) map.set(key, content);
  return payload.serializeBinary();
}

function chaincodeId({ chaincode }: TimedProposal): peer.ChaincodeID {
  const id = new peer.ChaincodeID();
  id.setName(chaincode);
  return id;
}
