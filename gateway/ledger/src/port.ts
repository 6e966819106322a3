import type { LedgerBlock, LedgerTransaction } from '@veinledger/chaincode/replay';

/** An X.509 identity that submits transactions: which organisation relays, never which person acts. */
export interface SubmitterIdentity {
  readonly mspId: string;
  /** PEM */
  readonly certificate: string;
  /** PEM, PKCS#8, P-256 */
  readonly privateKey: string;
}

/** One call of a chaincode transaction. */
export interface Invocation {
  /** `contract:Transaction`, for instance `custody:ReleaseItem` */
  readonly function: string;
  readonly args: readonly string[];
  /** content that reaches the endorsers and no block: annexes by name */
  readonly transient?: Readonly<Record<string, Uint8Array>>;
  readonly submitter: SubmitterIdentity;
  /**
   * MSP ids of the organisations whose peers may endorse, those to ask first in front: as many are asked as must
   * endorse, the others when these do not answer or do not agree; left out, the ledger chooses
   */
  readonly endorsers?: readonly string[];
}

/** What a committed transaction returned, and where it stands. */
export interface Commit {
  readonly transactionId: string;
  readonly block: number;
  /** what the contract returned */
  readonly result: string;
}

/** What became of a transaction: `unknown` means that no block holds it yet. */
export type CommitStatus =
  | { readonly state: 'valid'; readonly block: number }
  | { readonly state: 'invalid'; readonly block: number; readonly validationCode: number }
  | { readonly state: 'unknown' };

/** Is called with a block's transactions, valid or not. It must not throw. */
export type BlockListener = (transactions: readonly LedgerTransaction[]) => void;

export interface SubmitOptions {
  /** Called with the transaction's id before anything is sent for ordering; the submit waits for it. */
  readonly onPrepared?: (transactionId: string) => Promise<void>;
}

export interface VerifyOptions {
  /** ends the walk, which then throws */
  readonly signal?: AbortSignal;
  /** called after each block with the number of blocks that were walked, of all */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** The result of walking the whole chain of blocks. */
export type ChainVerification =
  | { readonly intact: true; readonly height: number }
  | {
      readonly intact: false;
      readonly brokenBlock: number;
      readonly reason: string;
      /** what is wrong with which key of the state; keys name patients and therapies, and so callers are not told */
      readonly key?: string;
    };

/**
 * A ledger that runs veinledger's contracts. Every implementation passes the contract suite unchanged.
 * All methods throw {@link LedgerError}.
 */
export interface Ledger {
  /** which ledger answers, for people: `embedded` or `fabric 3.0.0` */
  readonly name: string;
  /** Endorses, orders and waits for the commit. Conflicts are retried with the same invocation. */
  submit(invocation: Invocation, options?: SubmitOptions): Promise<Commit>;
  /** Asks one peer; nothing is ordered. */
  evaluate(invocation: Invocation): Promise<string>;
  /** Looks a transaction up by its id. */
  status(transactionId: string): Promise<CommitStatus>;
  /**
   * A committed transaction with its arguments, valid or not; undefined when no block holds it. Throws `damaged` where
   * the ledger finds another one under the id.
   */
  transaction(transactionId: string): Promise<LedgerTransaction | undefined>;
  /** The number of blocks. */
  height(): Promise<number>;
  /** Blocks from `first` up to the height at the time of the call. */
  blocks(first?: number): AsyncIterable<LedgerBlock>;
  /**
   * Blocks from `first` on, each once and in order: those that are stored, then each that is committed. It ends when
   * the signal is aborted, and throws `unavailable` when the ledger is closed or no peer answers: whoever asks again
   * from the block after the last one misses nothing.
   */
  follow(first: number, signal: AbortSignal): AsyncIterable<LedgerBlock>;
  /** Walks the chain of block hashes and names the first block that is broken. */
  verify(options?: VerifyOptions): Promise<ChainVerification>;
  /**
   * Calls the listener for every block before the submitters of its transactions hear of it; gives the way to end that.
   * Left out where blocks are made in other processes.
   */
  readonly listen?: (listener: BlockListener) => () => void;
  /** Finishes what was accepted, then lets go of files and connections. */
  close(): Promise<void>;
}

/** What a copy of a ledger holds: its chain up to one block. */
export interface LedgerCopy {
  readonly channel: string;
  /** MSP id of the member whose word the ledger is */
  readonly organisation: string;
  readonly height: number;
  /** hash of the last block's header, lower-case hexadecimal; empty without blocks */
  readonly headHash: string;
}

/** A ledger whose files are this process's own. */
export interface OwnLedger extends Ledger {
  /** Endorsed transactions that no block holds yet. */
  readonly waiting: number;
  /**
   * Copies the chain and the state, as they are now, into a new directory while commits go on.
   * @param signal stops the copy, which then is worth nothing
   */
  copyTo(directory: string, signal?: AbortSignal): Promise<LedgerCopy>;
}

/** Whether a ledger's files are this process's own, so that it can copy them. */
export function isOwnLedger(ledger: Ledger): ledger is OwnLedger {
  return 'copyTo' in ledger;
}

/** Why a ledger could not do what was asked, by what the caller may do next. */
export type LedgerErrorKind =
  /** the contract answered an error: the same command will fail again */
  | 'contract'
  /** the transaction read what another one changed; retries are used up */
  | 'conflict'
  /** members endorsed different results */
  | 'mismatch'
  /** no block holds the transaction and it may still come: look it up before trying again */
  | 'unknown-outcome'
  /** nothing was sent for ordering: try again */
  | 'unavailable'
  /** what is stored contradicts itself: a verification names where, and no further try mends it */
  | 'damaged';

export class LedgerError extends Error {
  readonly kind: LedgerErrorKind;
  readonly transactionId: string | undefined;

  constructor(
    kind: LedgerErrorKind,
    message: string,
    options: { transactionId?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'LedgerError';
    this.kind = kind;
    this.transactionId = options.transactionId;
  }
}
