import type { Scope } from '../commands/command.js';
import type { Verdict } from '../manufacturing/step-record.js';

/** Why a permission was refused. */
export interface Reason {
  readonly code: string;
  /** what it is about, for instance `item https://id.gs1.org/01/…` */
  readonly subject?: string;
  readonly expected?: string;
  readonly found?: string;
}

/** What became of a command. A permission is permitted or refused; a fact is recorded. */
export type OutcomeOfCommand = 'permitted' | 'refused' | 'recorded';

/**
 * The ledger's record of one command, which is also the receipt that its transaction returns: the decision, never the
 * envelope, which stands in the block.
 */
export interface CommandRecord {
  readonly noun: 'record';
  readonly scope: Scope;
  readonly commandId: string;
  readonly transactionId: string;
  /** the transaction's time, RFC 3339 */
  readonly transactionTime: string;
  readonly type: string;
  readonly kind: 'permission' | 'fact';
  readonly actor: string;
  readonly organisation: string;
  /** the person behind a device's attributed entry */
  readonly principal?: string;
  /** when it happened, by the actor's word */
  readonly at: string;
  readonly lateReason?: string;
  readonly lateEntry: boolean;
  readonly outcome: OutcomeOfCommand;
  readonly reasons: readonly Reason[];
  readonly verdicts: readonly Verdict[];
  /** ids of the deviations that it opened */
  readonly deviations: readonly {
    readonly id: string;
    readonly code: string;
    readonly classification: string;
  }[];
  /** what it changed, in short names */
  readonly changed: readonly string[];
  /** digests of its annexes, by name */
  readonly annex: Readonly<Record<string, string>>;
}

/** From a command's id to its record. */
export interface CommandPointer {
  readonly noun: 'command';
  readonly commandId: string;
  readonly scope: Scope;
  readonly transactionTime: string;
}

/** From an actor to a command that it signed, or that a device signed for it. */
export interface SignaturePointer {
  readonly noun: 'signature';
  readonly actor: string;
  /** the device that signed under the actor's session */
  readonly device?: string;
  /** the person under whose session the actor, a device, signed */
  readonly principal?: string;
  readonly transactionTime: string;
  readonly commandId: string;
  readonly scope: Scope;
}
