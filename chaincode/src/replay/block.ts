/** Where a value was written: the block and the transaction's place in it, from 0. */
export interface Version {
  readonly block: number;
  readonly transaction: number;
}

/** A key that a transaction read, with the version it saw; null when the key was absent. */
export interface KeyRead {
  readonly key: string;
  readonly version: Version | null;
}

/** A range `[startKey, endKey)` that a transaction read to its end, with every key it saw. */
export interface RangeRead {
  readonly startKey: string;
  readonly endKey: string;
  readonly results: readonly KeyRead[];
  /** Fabric lists no more than 50 results: of a longer range only hashes stand in the block, `results` is empty */
  readonly hashed?: true;
}

/** A key that a transaction wrote; a null value deletes it. Values are UTF-8 text. */
export interface KeyWrite {
  readonly key: string;
  readonly value: string | null;
}

/** Fabric's `TxValidationCode`, the four that an honest network produces for this chaincode. */
export const VALIDATION = {
  VALID: 0,
  ENDORSEMENT_POLICY_FAILURE: 10,
  MVCC_READ_CONFLICT: 11,
  PHANTOM_READ_CONFLICT: 12,
} as const;

/** One transaction as it stands in a block, the same for both ledgers. */
export interface LedgerTransaction {
  readonly transactionId: string;
  readonly block: number;
  readonly index: number;
  /** the transaction's own time, RFC 3339 with milliseconds, UTC */
  readonly timestamp: string;
  readonly creator: { readonly mspId: string; readonly certificate: string };
  /** `contract:Transaction` */
  readonly function: string;
  readonly args: readonly string[];
  readonly response: string;
  readonly endorsers: readonly string[];
  readonly reads: readonly KeyRead[];
  readonly rangeReads: readonly RangeRead[];
  readonly writes: readonly KeyWrite[];
  readonly event?: { readonly name: string; readonly payload: string };
  readonly validationCode: number;
}

/** A block; hashes in lower-case hexadecimal. `transactions` holds this chaincode's transactions only. */
export interface LedgerBlock {
  readonly number: number;
  readonly previousHash: string;
  readonly dataHash: string;
  readonly transactions: readonly LedgerTransaction[];
}
