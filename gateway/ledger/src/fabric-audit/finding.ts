import type { FindingKind as ReplayFindingKind } from '@veinledger/chaincode/replay';

/** In what a member's ledger differs from what its signatures and commands make of it, or from another member's. */
export type FindingKind =
  | ReplayFindingKind
  /** a member does not serve a block that it says it has */
  | 'unreadable-block'
  /** a member's first block is not the one that the auditor trusts */
  | 'genesis'
  /** a block does not follow the one before it */
  | 'chain'
  /** a block's transactions are not those that its header stands for */
  | 'data-hash'
  /** those who order the channel did not sign a block */
  | 'ordering-signature'
  /** a configuration was not made by those who may */
  | 'configuration'
  /** a creator's certificate was not valid at the transaction's time */
  | 'creator'
  /** an endorsement does not hold */
  | 'endorsement'
  /** two members hold different blocks, or committed different states */
  | 'members-differ'
  /** a member does not serve its state */
  | 'unreadable-state';

/** One difference: at whom, where, what it is about, what was expected and what was found. */
export interface AuditFinding {
  readonly kind: FindingKind;
  /** the member whose copy is meant; left out where what all of them hold is meant */
  readonly member?: string;
  readonly block: number;
  readonly transactionId?: string;
  /** the field, or the state's key */
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
}
