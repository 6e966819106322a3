import { createHash, randomFillSync, sign, type KeyObject } from 'node:crypto';
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
/** Random bytes are drawn for this many nonces at once. */
const NONCES = 128;
const drawn = Buffer.alloc(NONCES * NONCE_BYTES);
let used = drawn.length;

/** Identities that were serialised before; more than this are not remembered. */
const REMEMBERED = 1024;
const identities = new Map<string, Uint8Array>();

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
  const nonce = nextNonce();
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

function nextNonce(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += NONCE_BYTES;
  return Buffer.from(drawn.subarray(used - NONCE_BYTES, used));
}

function serialisedIdentity({ submitter }: Invocation): Uint8Array {
  const name = JSON.stringify([submitter.mspId, submitter.certificate]);
  const known = identities.get(name);
  if (known) return known;
  const identity = new msp.SerializedIdentity();
  identity.setMspid(submitter.mspId);
  identity.setIdBytes(Buffer.from(submitter.certificate));
  const serialised = identity.serializeBinary();
  if (identities.size < REMEMBERED) identities.set(name, serialised);
  return serialised;
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
  channelHeader.setExtension$(HEADER_EXTENSION);

  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(creator);
  signatureHeader.setNonce(nonce);

  const both = new common.Header();
  both.setChannelHeader(channelHeader.serializeBinary());
  both.setSignatureHeader(signatureHeader.serializeBinary());
  return both.serializeBinary();
}

function headerExtension(): Uint8Array {
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId());
  return extension.serializeBinary();
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

const HEADER_EXTENSION = headerExtension();
