import type { Reason } from '../nouns/record.js';
import type { Signed } from '../nouns/signed.js';
import { milliseconds } from '../values/time.js';
import type { Change } from './change.js';
import type { Replaced } from './replaced.js';
import type { Ballot, Tally } from './tally.js';

/** What became of a proposal; one that is open when its time ends has expired. */
export const PROPOSAL_STATES = ['open', 'in-effect', 'rejected', 'stale'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** An organisation's vote, and who gave it. A later one takes its place as long as the proposal is open. */
export interface Vote extends Ballot {
  readonly signed: Signed;
}

/** A change that members vote on. */
export interface Proposal {
  readonly noun: 'proposal';
  readonly id: string;
  readonly change: Change;
  /** SHA-256 of the change's canonical form, which each vote names */
  readonly digest: string;
  /** what the change takes the place of, as it was when it was proposed */
  readonly replaces: Replaced;
  readonly proposed: Signed;
  /** the proposer's */
  readonly organisation: string;
  /** RFC 3339, exclusive */
  readonly until: string;
  readonly votes: readonly Vote[];
  readonly state: ProposalState;
  /** the vote that decided, and how the votes stood then */
  readonly decided?: Signed;
  readonly tally?: Tally;
  /** why it could not take effect although it was carried */
  readonly reasons?: readonly Reason[];
}

/** Whether members may still vote on it. */
export function isVotable(
  { state, until }: Pick<Proposal, 'state' | 'until'>,
  at: string,
): boolean {
  return state === 'open' && milliseconds(at) < milliseconds(until);
}
