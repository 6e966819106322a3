import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto';
import { common, msp, peer } from '@hyperledger/fabric-protos';
import type { Invocation } from '../port.js';
import { CHAINCODE_NAME, protobufTimestamp } from './query-response.js';

/** A transaction proposal as a Fabric client sends it to a peer. */
export interface Proposal {
  readonly transactionId: string;
  readonly input: peer.ChaincodeInput;
  /** without its signature, which hardly any contract looks at */
  readonly signedProposal: peer.SignedProposal;
  /** the submitter's signature over the proposal */
  sign(): Uint8Array;
}

const NONCE_BYTES = 24;

/**
 * Builds the proposal of an invocation; each one gets a fresh nonce and so a fresh transaction id,
 * SHA-256 over nonce and creator.
 */
export function createProposal(
  invocation: Invocation,
  privateKey: KeyObject,
  channel: string,
  milliseconds: number,
): Proposal {
  const creator = serialisedIdentity(invocation);
  const nonce = randomBytes(NONCE_BYTES);
  const transactionId = createHash('sha256').update(nonce).update(creator).digest('hex');

  const input = new peer.ChaincodeInput();
  input.setArgsList([invocation.function, ...invocation.args].map((text) => Buffer.from(text)));

  const proposal = new peer.Proposal();
  proposal.setHeader(header(creator, nonce, channel, transactionId, milliseconds));
  proposal.setPayload(payload(input, invocation.transient ?? {}));
  const proposalBytes = proposal.serializeBinary();

  const signedProposal = new peer.SignedProposal();
  signedProposal.setProposalBytes(proposalBytes);
  return {
    ...{ transactionId, input, signedProposal },
    sign: () => sign('sha256', proposalBytes, privateKey),
  };
}

function serialisedIdentity({ submitter }: Invocation): Uint8Array {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(submitter.mspId);
  identity.setIdBytes(Buffer.from(submitter.certificate));
  return identity.serializeBinary();
}

function header(
  creator: Uint8Array,
  nonce: Uint8Array,
  channel: string,
  transactionId: string,
  milliseconds: number,
): Uint8Array {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setTxId(transactionId);
  channelHeader.setChannelId(channel);
  channelHeader.setTimestamp(protobufTimestamp(milliseconds));
  channelHeader.setExtension$(headerExtension().serializeBinary());

  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator);
  signatureHeader.setNonce(nonce);

  const both = new common.Header();
  both.setChannelHeader(channelHeader.serializeBinary());
  both.setSignatureHeader(signatureHeader.serializeBinary());
  return both.serializeBinary();
}

function headerExtension(): peer.ChaincodeHeaderExtension {
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId());
  return extension;
}

function payload(
  input: peer.ChaincodeInput,
  transient: Readonly<Record<string, Uint8Array>>,
): Uint8Array {
  const spec = new peer.ChaincodeSpec();
  spec.setType(peer.ChaincodeSpec.Type.NODE);
  spec.setChaincodeId(chaincodeId());
  spec.setInput(input);
  const invocationSpec = new peer.ChaincodeInvocationSpec();
  invocationSpec.setChaincodeSpec(spec);

  const result = new peer.ChaincodeProposalPayload();
  result.setInput(invocationSpec.serializeBinary());
  const map = result.getTransientmapMap();
  for (const [name, content] of Object.entries(transient)) map.set(name, content);
  return result.serializeBinary();
}

function chaincodeId(): peer.ChaincodeID {
  const id = new peer.ChaincodeID();
  id.setName(CHAINCODE_NAME);
  return id;
}
