import { common, peer } from '@hyperledger/fabric-protos';
import type { Configuration } from '../configuration/configuration.js';
import type { Identity } from '../identity/members.js';
import { examineSignature, signersOf, type SignedData } from '../identity/signature.js';
import type { EndorsementRules } from '../lifecycle.js';
import { readEndorsed, type EndorsedTransaction } from './endorsed.js';
import { checkTransactionId, readSentEnvelope, type SentEnvelope } from './envelope.js';
import { InvalidTransaction, type TxValidationCode as Code } from './invalid.js';
import type { NamespaceSet } from './namespaces.js';

const { TxValidationCode } = peer;

/** What a transaction is examined under. */
export interface Circumstances {
  readonly configuration: Configuration;
  readonly rules: EndorsementRules;
  /** whether an earlier block holds a transaction of this id */
  readonly isKnown: (transactionId: string) => boolean;
}

/** A fault that leaves a transaction valid, for instance an endorsement too many that does not hold. */
export interface TransactionFault {
  readonly kind: 'creator' | 'endorsement';
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
}

/** What a transaction's signatures are worth. */
export interface ExaminedTransaction {
  /** empty when the envelope cannot be read */
  readonly transactionId: string;
  /** what its signatures alone make of it; undefined when the blocks do not say */
  readonly code: Code | undefined;
  /** why it is not valid; empty when it is */
  readonly reason: string;
  readonly namespaces: readonly NamespaceSet[];
  readonly faults: readonly TransactionFault[];
  /** how many endorsements it carries */
  readonly endorsements: number;
}

const NOTHING = { namespaces: [], faults: [], endorsements: 0 } as const;

/** Examines an envelope of a block in the order in which a peer's validator does, up to its endorsements. */
export function examineTransaction(
  bytes: Uint8Array,
  circumstances: Circumstances,
): ExaminedTransaction {
  let sent: SentEnvelope | undefined;
  try {
    sent = readSentEnvelope(bytes);
    const creator = checkCreator(sent, circumstances);
    const base = { transactionId: sent.channelHeader.getTxId(), reason: '' };
    const type = sent.channelHeader.getType();
    if (type === common.HeaderType.CONFIG) {
      return { ...base, code: TxValidationCode.VALID, ...NOTHING };
    }
    checkType(type);
    checkTransactionId(sent);
    const endorsed = readEndorsed(sent);
    checkDuplicate(base.transactionId, circumstances);
    const code = checkEndorsements(endorsed, circumstances);
    const faults = faultsOf(sent, creator, endorsed, circumstances);
    const { namespaces, endorsements } = endorsed;
    return { ...base, code, namespaces, faults, endorsements: endorsements.length };
  } catch (error) {
    if (!(error instanceof InvalidTransaction)) throw error;
    const transactionId = sent?.channelHeader.getTxId() ?? '';
    const { code, message: reason } = error;
    return { transactionId, code, reason, ...NOTHING };
  }
}

function checkCreator(
  { creator }: SentEnvelope,
  { configuration }: Circumstances,
): Identity | undefined {
  const { identity, fault } = examineSignature(creator, configuration.members);
  if (fault === undefined) return identity;
  throw new InvalidTransaction(TxValidationCode.BAD_CREATOR_SIGNATURE, `creator: ${fault}`);
}

function checkType(type: number): void {
  if (type === common.HeaderType.ENDORSER_TRANSACTION) return;
  const code =
    type === common.HeaderType.CONFIG_UPDATE
      ? TxValidationCode.UNSUPPORTED_TX_PAYLOAD
      : TxValidationCode.BAD_COMMON_HEADER;
  throw new InvalidTransaction(code, `type: expected an endorser transaction, found ${type}`);
}

function checkDuplicate(transactionId: string, { isKnown }: Circumstances): void {
  if (!isKnown(transactionId)) return;
  const message = `transaction id: expected each once, found ${transactionId} again`;
  throw new InvalidTransaction(TxValidationCode.DUPLICATE_TXID, message);
}

/** The chaincode that was called, and each that was written, must be endorsed as its own definition says. */
function checkEndorsements(
  { chaincode, namespaces, endorsements }: EndorsedTransaction,
  { configuration, rules }: Circumstances,
): Code | undefined {
  const signers = signersOf(endorsements, configuration.members);
  const untouched: NamespaceSet = {
    namespace: chaincode,
    reads: [],
    rangeReads: [],
    writes: [],
    collections: [],
    metadataKeys: [],
  };
  const called = namespaces.find(({ namespace }) => namespace === chaincode) ?? untouched;
  const touched = [called, ...namespaces.filter((each) => each !== called && isWritten(each))];
  let code: Code | undefined = TxValidationCode.VALID;
  for (const set of touched) {
    if (!rules.isDefined(set.namespace)) {
      const message = `chaincode: expected a defined one, found ${set.namespace}`;
      throw new InvalidTransaction(TxValidationCode.INVALID_CHAINCODE, message);
    }
    const lacking = rules.lacking(set, signers, configuration);
    if (lacking === undefined || set.metadataKeys.length > 0) code = undefined;
    if (lacking === undefined || lacking.length === 0) continue;
    const by = signers.map(({ mspId }) => mspId).join(', ') || 'nobody';
    const message = `endorsements: expected ${lacking.join(', ')}, found ${by}`;
    throw new InvalidTransaction(TxValidationCode.ENDORSEMENT_POLICY_FAILURE, message);
  }
  return code;
}

function isWritten({ writes, collections, metadataKeys }: NamespaceSet): boolean {
  const privately = collections.some((each) => each.writes.length > 0);
  return writes.length > 0 || metadataKeys.length > 0 || privately;
}

function faultsOf(
  { channelHeader }: SentEnvelope,
  creator: Identity | undefined,
  { endorsements }: EndorsedTransaction,
  { configuration: { members } }: Circumstances,
): readonly TransactionFault[] {
  const time = channelHeader.getTimestamp()?.toDate().getTime() ?? Number.NaN;
  const expected = 'an endorsement that holds';
  const broken = endorsements.flatMap((each: SignedData, index): TransactionFault[] => {
    const { identity, fault } = examineSignature(each, members);
    const subject = `endorsement ${index}`;
    if (fault === undefined) return lateness('endorsement', subject, identity, time);
    return [{ kind: 'endorsement', subject, expected, found: fault }];
  });
  return [...lateness('creator', 'creator', creator, time), ...broken];
}

/** Fabric's validators do not look at the clock: who signs with a certificate that has expired is found here only. */
function lateness(
  kind: TransactionFault['kind'],
  subject: string,
  identity: Identity | undefined,
  time: number,
): TransactionFault[] {
  if (identity === undefined) return [];
  const { notBefore, notAfter } = identity.certificate;
  if (time >= notBefore && time <= notAfter) return [];
  const [from, until] = [new Date(notBefore).toISOString(), new Date(notAfter).toISOString()];
  const found = Number.isNaN(time) ? 'no time' : new Date(time).toISOString();
  return [{ kind, subject, expected: `a time from ${from} to ${until}`, found }];
}
