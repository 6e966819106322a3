import type { Invocation } from '@veinledger/ledger';

/** A transaction that is ready to be submitted. */
export interface Prepared {
  readonly invocation: Invocation;
  /** called when it is committed */
  readonly committed?: () => void;
}

/** Records that one command of a batch brings. */
export const RECORDS_A_BATCH = 50;

/** One kind of transaction that is measured. */
export interface Workload {
  readonly name: string;
  /** records that a transaction brings */
  readonly records: number;
  /** of the bench's count, how many are measured: heavy ones need fewer */
  readonly share: number;
  /** measured under the highest load only */
  readonly busyOnly?: boolean;
  /** Makes and signs the next transactions; outside of what is measured. */
  prepare(count: number): Promise<readonly Prepared[]>;
}
