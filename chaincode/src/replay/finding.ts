/** In what a ledger differs from what its blocks' commands make of it. */
export type FindingKind =
  /** the blocks do not follow one another from block 0, or a block's transactions are not in order */
  | 'order'
  /** a valid transaction has the id of an earlier one */
  | 'repeated-transaction'
  /** reads and ranges give another validation code than the recorded one */
  | 'validation-code'
  /** a transaction that carries no command wrote */
  | 'raw-write'
  /** a block holds a command as valid that the rules turn away */
  | 'unacceptable-command'
  /** the transaction returned another receipt */
  | 'receipt'
  /** the transaction emitted another event */
  | 'event'
  /** the transaction wrote something else */
  | 'write'
  /** the decision needs a key or a range that the read set leaves out, so that no conflict could be seen */
  | 'hidden-read'
  /** the vault does not hold what the command's digest commits to */
  | 'annex'
  /** the ledger's present state is not what its blocks wrote */
  | 'state';

/** One difference: where it is, what it is about, what was expected there and what was found. */
export interface Finding {
  readonly kind: FindingKind;
  readonly block: number;
  /** left out where the finding is about no single transaction */
  readonly transactionId?: string;
  /** the field, or the state's key */
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
}

/** A finding within a transaction, before it is known which. */
export type Difference = Pick<Finding, 'kind' | 'subject' | 'expected' | 'found'>;
