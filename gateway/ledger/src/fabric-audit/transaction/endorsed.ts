import { createHash } from 'node:crypto';
import type { common } from '@hyperledger/fabric-protos';
import { peer } from '@hyperledger/fabric-protos';
import type { SignedData } from '../identity/signature.js';
import { readSignatureHeader, type SentEnvelope } from './envelope.js';
import { InvalidTransaction, orInvalid } from './invalid.js';
import { type NamespaceSet, readNamespaces } from './namespaces.js';

const { TxValidationCode } = peer;

/** What was endorsed, and by whom. */
export interface EndorsedTransaction {
  readonly chaincode: string;
  readonly namespaces: readonly NamespaceSet[];
  readonly endorsements: readonly SignedData[];
}

/**
 * Reads the one action of an endorser transaction, which must answer the proposal that stands in it.
 * Throws an {@link InvalidTransaction}.
 */
export function readEndorsed(sent: SentEnvelope): EndorsedTransaction {
  const { payload, response } = orInvalid(TxValidationCode.INVALID_ENDORSER_TRANSACTION, () =>
    readAction(sent),
  );
  const action = orInvalid(TxValidationCode.BAD_RESPONSE_PAYLOAD, () =>
    peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()),
  );
  return {
    chaincode: chaincodeOf(sent.channelHeader, action),
    namespaces: orInvalid(TxValidationCode.BAD_RWSET, () =>
      readNamespaces(action.getResults_asU8()),
    ),
    endorsements: endorsementsOf(payload),
  };
}

function readAction({ data, channelHeaderBytes }: SentEnvelope): {
  readonly payload: peer.ChaincodeEndorsedAction;
  readonly response: peer.ProposalResponsePayload;
} {
  const actions = peer.Transaction.deserializeBinary(data).getActionsList();
  const [action] = actions;
  if (action === undefined || actions.length > 1) {
    throw new Error(`actions: expected one, found ${actions.length}`);
  }
  readSignatureHeader(action.getHeader_asU8());
  const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
  const endorsed = payload.getAction();
  if (endorsed === undefined) throw new Error('action: expected endorsements, found none');
  const response = peer.ProposalResponsePayload.deserializeBinary(
    endorsed.getProposalResponsePayload_asU8(),
  );
  const proposal = createHash('sha256')
    .update(channelHeaderBytes)
    .update(action.getHeader_asU8())
    .update(payload.getChaincodeProposalPayload_asU8())
    .digest('hex');
  const answered = Buffer.from(response.getProposalHash_asU8()).toString('hex');
  if (proposal !== answered) {
    throw new Error(`proposal: expected the endorsed one, ${answered}, found ${proposal}`);
  }
  return { payload: endorsed, response };
}

function chaincodeOf(header: common.ChannelHeader, action: peer.ChaincodeAction): string {
  const extension = orInvalid(TxValidationCode.BAD_HEADER_EXTENSION, () =>
    peer.ChaincodeHeaderExtension.deserializeBinary(header.getExtension_asU8()),
  );
  const asked = extension.getChaincodeId()?.getName() ?? '';
  const answered = action.getChaincodeId();
  const isOne = asked !== '' && answered?.getName() === asked && answered.getVersion() !== '';
  if (!isOne) {
    const found = `${answered?.getName() ?? 'none'} ${answered?.getVersion() ?? ''}`;
    const message = `chaincode: expected ${asked || 'one'} in a version, found ${found}`;
    throw new InvalidTransaction(TxValidationCode.INVALID_CHAINCODE, message);
  }
  const events = action.getEvents_asU8();
  const event = events.length > 0 ? peer.ChaincodeEvent.deserializeBinary(events) : undefined;
  if (event !== undefined && event.getChaincodeId() !== asked) {
    const message = `event: expected one of ${asked}, found one of ${event.getChaincodeId()}`;
    throw new InvalidTransaction(TxValidationCode.INVALID_OTHER_REASON, message);
  }
  return asked;
}

/** Each endorser signs the response and its own identity. */
function endorsementsOf(endorsed: peer.ChaincodeEndorsedAction): readonly SignedData[] {
  const response = endorsed.getProposalResponsePayload_asU8();
  return endorsed.getEndorsementsList().map((each) => {
    const signer = each.getEndorser_asU8();
    return {
      message: Buffer.concat([response, signer]),
      signer,
      signature: each.getSignature_asU8(),
    };
  });
}
