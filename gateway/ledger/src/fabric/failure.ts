import { transactionTimeOff } from '@veinledger/domain';
import { PeerError } from './peer-error.js';

/** What a failed call of the network means for the caller. */
export interface Failure {
  /**
   * `contract`: the chaincode answered an error, or its peer did so before it; `denied`: the peer refuses the
   * submitter or the request; `mismatch`: members endorsed different results; `unreachable`: another peer, or the
   * same one a little later, may do it.
   */
  readonly kind: 'contract' | 'denied' | 'mismatch' | 'unreachable';
  readonly message: string;
  /** MSP ids of the members that the failure names */
  readonly mspIds: readonly string[];
}

/** What a peer's gateway service says of an endorsement that differs from the first one. */
export const DIFFERS = 'ProposalResponsePayloads do not match';

const CHAINCODE_RESPONSE = /chaincode response \d+, ([^]*)$/;
const DENIED = /access denied|client identity expired|INVALID_ARGUMENT|PERMISSION_DENIED/;
/** what the peer's filter `TimeWindowCheck` says, which answers before the chaincode is asked */
const TIME_OFF =
  /request unauthorized due to incorrect timestamp (\S+), peer time (\S+), peer\.authentication\.timewindow (\w+)/;
/** SmartBFT's answers to a transaction that it holds, or has ordered lately */
const ALREADY_SENT = /request already (processed|exists)/;
/** an orderer's answers that stay the same whoever asks it again; one that has not joined yet takes what others take */
const REFUSED_BY_ORDERER =
  /status=(BAD_REQUEST(?!, info=channel (does not exist|creation request not allowed))|FORBIDDEN|REQUEST_ENTITY_TOO_LARGE)/;

/** Reads a failed call; undefined when it is no answer of the network but a fault of this program. */
export function readFailure(error: unknown): Failure | undefined {
  if (!(error instanceof PeerError)) return undefined;
  const { texts, mspIds } = error;
  if (texts.some((text) => text.includes(DIFFERS))) {
    const message = `members endorsed different results: ${mspIds.join(', ')} differ from the first endorser`;
    return { kind: 'mismatch', message, mspIds };
  }
  for (const text of texts) {
    const answered = CHAINCODE_RESPONSE.exec(text)?.[1];
    if (answered !== undefined) return { kind: 'contract', message: answered, mspIds };
    const [off, found = '', clock = '', window = ''] = TIME_OFF.exec(text) ?? [];
    if (off !== undefined) {
      const { message } = transactionTimeOff(found, `within ${window} of ${clock}`);
      return { kind: 'contract', message, mspIds };
    }
  }
  const denied = texts.find((text) => DENIED.test(text));
  if (denied !== undefined) {
    return { kind: 'denied', message: `ACCESS_DENIED: ${denied}`, mspIds };
  }
  return { kind: 'unreachable', message: texts.join('; '), mspIds };
}

/** Whether a failed submit says that the ordering service has the transaction already. */
export function wasSentBefore(error: unknown): boolean {
  return error instanceof PeerError && error.texts.some((text) => ALREADY_SENT.test(text));
}

/** Whether a failed call is known not to have reached the network. */
export function wasNotSent(error: unknown): boolean {
  return error instanceof PeerError && error.notSent;
}

/** The orderers' refusal when a failed submit says that they will not take the transaction; else undefined. */
export function ordererRefusal(error: unknown): string | undefined {
  if (!(error instanceof PeerError)) return undefined;
  return error.texts.find((text) => REFUSED_BY_ORDERER.test(text));
}
