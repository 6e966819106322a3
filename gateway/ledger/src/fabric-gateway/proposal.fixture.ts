import { common, msp, peer } from '@hyperledger/fabric-protos';

/** What a client proposed. */
export interface ReadProposal {
  readonly transactionId: string;
  readonly chaincode: string;
  readonly input: readonly string[];
  readonly creator: { readonly mspId: string; readonly certificate: string };
}

export function readProposal(signed: peer.SignedProposal | undefined): ReadProposal {
  if (signed === undefined) throw new Error('expected a signed proposal, found none');
  const proposal = peer.Proposal.deserializeBinary(signed.getProposalBytes_asU8());
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const signatureHeader = common.SignatureHeader.deserializeBinary(
    header.getSignatureHeader_asU8(),
  );
  const creator = msp.SerializedIdentity.deserializeBinary(signatureHeader.getCreator_asU8());
  const payload = peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8());
  const invocation = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8());
  const spec = invocation.getChaincodeSpec();
  const args = spec?.getInput()?.getArgsList_asU8() ?? [];
  return {
    transactionId: channelHeader.getTxId(),
    chaincode: spec?.getChaincodeId()?.getName() ?? '',
    input: args.map((bytes) => Buffer.from(bytes).toString()),
    creator: {
      mspId: creator.getMspid(),
      certificate: Buffer.from(creator.getIdBytes_asU8()).toString(),
    },
  };
}
