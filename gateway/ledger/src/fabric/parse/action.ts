import { peer } from '@hyperledger/fabric-protos';
import type { LedgerTransaction } from '@veinledger/chaincode/replay';
import { readIdentity } from './identity.js';
import { readText } from './text.js';

/** What an endorser transaction asked, what it was answered, and by whose endorsement. */
export interface EndorsedAction extends Pick<
  LedgerTransaction,
  'function' | 'args' | 'response' | 'endorsers' | 'event'
> {
  /** a serialised `TxReadWriteSet` */
  readonly readWriteSet: Uint8Array;
}

/** Reads a serialised `Transaction`. Fabric's validators accept one action only, so one is read. */
export function readAction(bytes: Uint8Array): EndorsedAction {
  const [action] = peer.Transaction.deserializeBinary(bytes).getActionsList();
  if (action === undefined) throw new Error('transaction: expected an action, found none');
  const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
  const endorsed = payload.getAction();
  if (endorsed === undefined) throw new Error('action: expected endorsements, found none');

  const response = peer.ProposalResponsePayload.deserializeBinary(
    endorsed.getProposalResponsePayload_asU8(),
  );
  const chaincodeAction = peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8());
  const endorsers = endorsed.getEndorsementsList();
  return {
    ...readInput(payload.getChaincodeProposalPayload_asU8()),
    response: readText(chaincodeAction.getResponse()?.getPayload_asU8() ?? new Uint8Array()),
    endorsers: endorsers.map((each) => readIdentity(each.getEndorser_asU8()).mspId),
    readWriteSet: chaincodeAction.getResults_asU8(),
    ...readEvent(chaincodeAction.getEvents_asU8()),
  };
}

function readInput(bytes: Uint8Array): Pick<LedgerTransaction, 'function' | 'args'> {
  const payload = peer.ChaincodeProposalPayload.deserializeBinary(bytes);
  const invocation = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8());
  const input = invocation.getChaincodeSpec()?.getInput();
  const [name = '', ...args] = (input?.getArgsList_asU8() ?? []).map(readText);
  return { function: name, args };
}

function readEvent(bytes: Uint8Array): Pick<LedgerTransaction, 'event'> {
  if (bytes.length === 0) return {};
  const event = peer.ChaincodeEvent.deserializeBinary(bytes);
  return { event: { name: event.getEventName(), payload: readText(event.getPayload_asU8()) } };
}
