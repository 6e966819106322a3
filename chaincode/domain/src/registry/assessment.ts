import type { KeyHolder } from '../nouns/key-holder.js';
import type { Entity } from '../nouns/registry.js';
import type { ProcessVersion } from '../nouns/process.js';
import type { Reason } from '../nouns/reason.js';
import type { Actor } from '../nouns/actor.js';
import type { Governance } from '../nouns/governance.js';
import type { Organisation } from '../nouns/organisation.js';
import type { Replaced } from '../nouns/proposal.js';

/** What a change is judged by, and what it changes. */
export interface ChangeState {
  readonly governance: Governance;
  /** the organisation that the change is about */
  readonly organisation: Organisation | undefined;
  /** whoever has the id of the registrar whom the change appoints */
  readonly registrar: Actor | undefined;
  /** who has or had that registrar's keys */
  readonly holders: readonly KeyHolder[];
  /** the registrars whom the change ends, in its order */
  readonly ending: readonly (Actor | undefined)[];
  /** the hash that members agreed on for the process version that the change is about, by votes or in the root */
  readonly agreed: string | undefined;
  readonly published: ProcessVersion | undefined;
}

/** By which proposal, by whose, and when a change takes effect. */
export interface Effect {
  readonly proposal: string;
  readonly proposer: string;
  /** who gave the deciding vote */
  readonly decider: string;
  readonly transactionTime: string;
}

/** What a change would do to the ledger as it is now. */
export interface Assessment {
  readonly replaces: Replaced;
  /** why it cannot take effect */
  readonly reasons: readonly Reason[];
  /** what it writes; asked for only where there is no reason against it */
  readonly changes: (effect: Effect) => { governance: Governance; others: readonly Entity[] };
}
