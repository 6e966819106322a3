import type { DevelopmentConsortium, LedgerSubmitter, Person, SignedMessage } from '#scripts';
import type { Ledger } from '@veinledger/ledger';

/** A ledger with its consortium, as a suite works on it. */
export interface Bench {
  readonly ledger: Ledger;
  readonly submitter: LedgerSubmitter;
  readonly consortium: DevelopmentConsortium;
  /**
   * Has a signed message endorsed in a transaction whose time the client chose; whether it commits too is the
   * ledger's affair.
   * @param skewMs how far that time lies from now, milliseconds
   * @throws Error with the contract's message
   */
  submitAt(person: Person, message: SignedMessage, skewMs: number): Promise<void>;
  close(): Promise<void>;
}
