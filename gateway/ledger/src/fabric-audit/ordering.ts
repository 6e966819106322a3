import { common } from '@hyperledger/fabric-protos';
import { headerBytes } from '../fabric/block-hash.js';
import type { RawBlock } from '../fabric/parse/block.js';
import { readConfigBlock } from './configuration/config-block.js';
import type { Configuration } from './configuration/configuration.js';
import type { Identity } from './identity/members.js';
import { examineSignature, signersOf, type SignedData } from './identity/signature.js';

/** What a block's ordering signatures lack. */
export interface OrderingFault {
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
}

/**
 * Whether a block is signed by those who order the channel, under the configuration that was in force before it: by a
 * Byzantine quorum of the ordering nodes, or, where no node has a number, as the policy for blocks says.
 * A signature beyond the quorum that does not hold is a fault too: nobody honest wrote it.
 */
export function orderingFaults(
  block: RawBlock,
  configuration: Configuration,
): readonly OrderingFault[] {
  const bytes = block.metadata[common.BlockMetadataIndex.SIGNATURES] ?? new Uint8Array();
  const metadata = common.Metadata.deserializeBinary(bytes);
  const signed = metadata
    .getSignaturesList()
    .map((each) => signedData(block, metadata.getValue_asU8(), each, configuration));
  const broken = signed.flatMap((each, index) => brokenSignature(each, index, configuration));
  return [
    ...broken,
    ...quorumFault(signed, configuration),
    ...lastConfigFault(metadata, block, configuration),
  ];
}

/** How many of so many ordering nodes must sign, so that two quorums share an honest one. */
function quorumOf(nodes: number): number {
  const faulty = Math.floor((nodes - 1) / 3);
  return Math.ceil((nodes + faulty + 1) / 2);
}

function signedData(
  block: RawBlock,
  value: Uint8Array,
  signature: common.MetadataSignature,
  { consenters }: Configuration,
): SignedData | string {
  const identifier = signature.getIdentifierHeader_asU8();
  const header = signature.getSignatureHeader_asU8();
  if (header.length === 0 && identifier.length > 0) {
    const id = common.IdentifierHeader.deserializeBinary(identifier).getIdentifier();
    const consenter = consenters.get(id);
    if (consenter === undefined) return `ordering node ${id} is none of the channel's`;
    return signedBy(consenter.identity, identifier);
  }
  return signedBy(common.SignatureHeader.deserializeBinary(header).getCreator_asU8(), header);

  function signedBy(signer: Uint8Array, signedHeader: Uint8Array): SignedData {
    const message = Buffer.concat([value, signedHeader, headerBytes(block)]);
    return { message, signer, signature: signature.getSignature_asU8() };
  }
}

function brokenSignature(
  signed: SignedData | string,
  index: number,
  { members }: Configuration,
): readonly OrderingFault[] {
  const fault = typeof signed === 'string' ? signed : examineSignature(signed, members).fault;
  if (fault === undefined) return [];
  const expected = "an ordering node's signature over the block";
  return [{ subject: `signature ${index}`, expected, found: fault }];
}

function quorumFault(
  signed: readonly (SignedData | string)[],
  { members, consenters, policies }: Configuration,
): readonly OrderingFault[] {
  const signers = signersOf(
    signed.filter((each) => typeof each !== 'string'),
    members,
  );
  if (consenters.size === 0) {
    const policy = '/Channel/Orderer/BlockValidation';
    if (policies.areSatisfied(policy, signers)) return [];
    const found = signers.map(({ mspId }) => mspId).join(', ') || 'nobody';
    return [{ subject: 'signatures', expected: `what ${policy} asks for`, found }];
  }
  const nodes = new Set(
    [...consenters.values()].map(({ identity }) => nameOf(members.identify(identity))),
  );
  const count = signers.filter((each) => nodes.has(nameOf(each))).length;
  const quorum = quorumOf(consenters.size);
  if (count >= quorum) return [];
  const expected = `${quorum} of ${consenters.size} ordering nodes`;
  return [{ subject: 'signatures', expected, found: `${count}` }];
}

function nameOf(identity: Identity | string): string {
  if (typeof identity === 'string') return identity;
  return JSON.stringify([identity.mspId, identity.certificate.fingerprint]);
}

/** Each block names, under its signatures, the configuration it was ordered by. */
function lastConfigFault(
  metadata: common.Metadata,
  block: RawBlock,
  configuration: Configuration,
): readonly OrderingFault[] {
  const named = common.OrdererBlockMetadata.deserializeBinary(metadata.getValue_asU8())
    .getLastConfig()
    ?.getIndex();
  const expected = readConfigBlock(block) === undefined ? configuration.block : block.number;
  if (named === expected) return [];
  return [
    {
      subject: 'configuration in force',
      expected: `that of block ${expected}`,
      found: named === undefined ? 'none' : `that of block ${named}`,
    },
  ];
}
