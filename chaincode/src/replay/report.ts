import type { Verdict } from '@veinledger/domain';
import type { Finding } from './finding.js';

/** A command whose results were not at hand: its verdicts are the endorsers' word. */
export interface EndorsedOnly {
  readonly block: number;
  readonly transactionId: string;
  readonly commandId: string;
  readonly type: string;
  readonly verdicts: readonly Verdict[];
}

/**
 * A validation code that blocks do not let anybody recompute: an endorsement policy failure, or one that hangs on a
 * range of which the block holds hashes only.
 */
export interface UncheckedCode {
  readonly block: number;
  readonly transactionId: string;
  readonly validationCode: number;
}

/** What a replay saw. The same blocks and the same vault give the same report. */
export interface ReplayReport {
  readonly blocks: number;
  readonly transactions: number;
  /** valid transactions that decided on a command */
  readonly commands: number;
  /** valid transactions that carried a command which had been decided on before */
  readonly repeated: number;
  /** commands that asked for a permission and were refused it */
  readonly refused: number;
  /** transactions that the ledger holds as invalid */
  readonly invalid: number;
  /** empty when the ledger is what its commands make of it */
  readonly findings: readonly Finding[];
  /** the verdicts that were taken on endorsement alone */
  readonly endorsedOnly: readonly EndorsedOnly[];
  /** commands with an annex that the vault could not give: nobody held it against its digest or its schema */
  readonly unopened: number;
  /** the transactions whose code was taken on the peers' word */
  readonly uncheckedCodes: readonly UncheckedCode[];
  /** how many keys the state holds */
  readonly entries: number;
  /** SHA-256, base64url, over a line of canonical JSON `[key,value]` for each key in byte order */
  readonly stateDigest: string;
}
