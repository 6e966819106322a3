import { Readable } from 'node:stream';
import { common, peer } from '@hyperledger/fabric-protos';
import { OBJECT_TYPES } from '@veinledger/chaincode/replay';
import type { SubmitterIdentity } from '@veinledger/ledger';
import type { AuditedMember } from '@veinledger/ledger/fabric-audit';
import {
  hashData,
  headerBytes,
  lowSSigner,
  type RawBlock,
} from '@veinledger/ledger/fabric-gateway';
import type { OrderingKey } from './ordering-keys.js';

/** A member whose copy of one block is another one than its peer has. */
export function withBlock(member: AuditedMember, altered: RawBlock): AuditedMember {
  return {
    name: member.name,
    height: () => member.height(),
    block: (number) =>
      number === altered.number ? Promise.resolve(altered) : member.block(number),
    state: (type) => member.state(type),
  };
}

/** A member as it is now, which takes in nothing more. */
export async function asItIs(member: AuditedMember): Promise<AuditedMember> {
  const height = await member.height();
  const states = new Map<string, (readonly [string, string])[]>();
  for (const type of OBJECT_TYPES) {
    const entries: (readonly [string, string])[] = [];
    for await (const entry of member.state(type)) entries.push(entry);
    states.set(type, entries);
  }
  return {
    name: member.name,
    height: () => Promise.resolve(height),
    block: (number) => member.block(number),
    state: (type) => Readable.from(states.get(type) ?? []),
  };
}

/** A member that says it has more blocks than it serves. */
export function withHeight(member: AuditedMember, more: number): AuditedMember {
  return {
    name: member.name,
    height: async () => (await member.height()) + more,
    block: (number) => member.block(number),
    state: (type) => member.state(type),
  };
}

/** The bytes with one bit of one byte changed. */
export function flipped(bytes: Uint8Array, at = bytes.length - 1): Uint8Array {
  const changed = Uint8Array.from(bytes);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

/** The block with another first envelope, and a header that stands for it. */
export function withEnvelope(block: RawBlock, envelope: Uint8Array): RawBlock {
  const envelopes = [envelope, ...block.envelopes.slice(1)];
  return { ...block, envelopes, dataHash: Buffer.from(hashData({ envelopes }), 'hex') };
}

/** The block with other metadata at one place. */
export function withMetadata(block: RawBlock, index: number, bytes: Uint8Array): RawBlock {
  const metadata = block.metadata.map((each, at) => (at === index ? bytes : each));
  return { ...block, metadata };
}

/** The ordering nodes' signatures of a block, changed. */
export function withSignatures(
  block: RawBlock,
  change: (signatures: common.MetadataSignature[]) => common.MetadataSignature[],
): RawBlock {
  const metadata = signaturesOf(block);
  metadata.setSignaturesList(change(metadata.getSignaturesList()));
  return withMetadata(block, common.BlockMetadataIndex.SIGNATURES, metadata.serializeBinary());
}

/** The block as ordering nodes would sign it that conspire. */
export async function signedAnew(block: RawBlock, keys: readonly OrderingKey[]): Promise<RawBlock> {
  const value = signaturesOf(block).getValue_asU8();
  const signatures: common.MetadataSignature[] = [];
  for (const { id, privateKeyPem } of keys) {
    const identifier = new common.IdentifierHeader();
    identifier.setIdentifier(id);
    identifier.setNonce(new Uint8Array(24));
    const header = identifier.serializeBinary();
    const signature = new common.MetadataSignature();
    signature.setIdentifierHeader(header);
    const message = Buffer.concat([value, header, headerBytes(block)]);
    signature.setSignature(await lowSSigner(privateKeyPem)(message));
    signatures.push(signature);
  }
  return withSignatures(block, () => signatures);
}

/** A transaction's action, changed by somebody who has its creator's key, and signed anew in the creator's name. */
export async function withAction(
  envelope: Uint8Array,
  change: (payload: peer.ChaincodeActionPayload) => void | Promise<void>,
  creator: SubmitterIdentity,
): Promise<Uint8Array> {
  const sent = common.Envelope.deserializeBinary(envelope);
  const payload = common.Payload.deserializeBinary(sent.getPayload_asU8());
  const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8());
  const [action] = transaction.getActionsList();
  if (action === undefined) throw new Error('the transaction has no action');
  const content = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
  await change(content);
  action.setPayload(content.serializeBinary());
  payload.setData(transaction.serializeBinary());
  const message = payload.serializeBinary();
  sent.setPayload(message);
  sent.setSignature(await lowSSigner(creator.privateKey)(message));
  return sent.serializeBinary();
}

/** Whether a block holds a configuration instead of transactions. */
function isConfiguration({ envelopes: [first = new Uint8Array()] }: RawBlock): boolean {
  const envelope = common.Envelope.deserializeBinary(first);
  const header = common.Payload.deserializeBinary(envelope.getPayload_asU8()).getHeader();
  const bytes = header?.getChannelHeader_asU8() ?? new Uint8Array();
  return common.ChannelHeader.deserializeBinary(bytes).getType() === common.HeaderType.CONFIG;
}

/** The last block of a member that changed the configuration. */
export async function lastConfiguration(member: AuditedMember): Promise<RawBlock> {
  let block = await member.block((await member.height()) - 1);
  while (!isConfiguration(block)) block = await member.block(block.number - 1);
  return block;
}

/** A configuration that a block holds, with an update that no administrator signed. */
export function withUnsignedUpdate(envelope: Uint8Array): Uint8Array {
  const outer = common.Envelope.deserializeBinary(envelope);
  const payload = common.Payload.deserializeBinary(outer.getPayload_asU8());
  const config = common.ConfigEnvelope.deserializeBinary(payload.getData_asU8());
  const update = config.getLastUpdate() ?? new common.Envelope();
  const inner = common.Payload.deserializeBinary(update.getPayload_asU8());
  const content = common.ConfigUpdateEnvelope.deserializeBinary(inner.getData_asU8());
  content.setSignaturesList([]);
  inner.setData(content.serializeBinary());
  update.setPayload(inner.serializeBinary());
  config.setLastUpdate(update);
  payload.setData(config.serializeBinary());
  outer.setPayload(payload.serializeBinary());
  return outer.serializeBinary();
}

function signaturesOf({ metadata }: RawBlock): common.Metadata {
  const bytes = metadata[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array();
  return common.Metadata.deserializeBinary(bytes);
}
