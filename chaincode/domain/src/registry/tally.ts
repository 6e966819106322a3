import type { Tally, Vote } from '../nouns/proposal.js';

/** An organisation's say on a proposal. */
export type Ballot = Pick<Vote, 'organisation' | 'choice'>;

/** Counts the ballots of active members, one for each. */
export function countBallots(ballots: readonly Ballot[], active: readonly string[]): Tally {
  const said = new Map(ballots.map(({ organisation, choice }) => [organisation, choice]));
  const count = (choice: Ballot['choice']) => active.filter((id) => said.get(id) === choice).length;
  return {
    members: active.length,
    needed: Math.floor(active.length / 2) + 1,
    approve: count('approve'),
    reject: count('reject'),
  };
}

/** More than half approve; or so many reject that no more than half ever can; or neither. */
export function verdictOf(tally: Tally): 'carried' | 'lost' | 'open' {
  if (tally.approve >= tally.needed) return 'carried';
  return tally.members - tally.reject < tally.needed ? 'lost' : 'open';
}
