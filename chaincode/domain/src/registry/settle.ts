import { canonicalise } from '../encoding/codec.js';
import type { Entity } from '../nouns/registry.js';
import type { Reason } from '../nouns/reason.js';
import type { Signed } from '../nouns/signed.js';
import { assess } from './apply-change.js';
import type { ChangeState } from './assessment.js';
import { subjectOf } from '../nouns/change.js';
import { activeMembers } from './governance.js';
import type { Governance } from '../nouns/governance.js';
import type { Proposal, Replaced, Tally } from '../nouns/proposal.js';
import { countBallots, verdictOf } from './tally.js';

/** The vote that may decide. */
export interface Deciding {
  /** organisations whose vote was signed with compromised keys: it does not count */
  readonly suspects: readonly string[];
  readonly signed: Signed;
}

/** How a proposal's votes stand among the members that are active now. */
export function tallyOf(
  { votes }: Pick<Proposal, 'votes'>,
  governance: Governance,
  suspects: readonly string[],
): Tally {
  const counted = votes.filter(({ organisation }) => !suspects.includes(organisation));
  return countBallots(counted, activeMembers(governance));
}

/**
 * What a proposal writes with its latest vote: itself alone while it is open; itself and the change when more than half
 * of the active members approve. What changed since it was proposed keeps it from taking effect, and it is stale.
 */
export function settle(
  proposal: Proposal,
  state: ChangeState,
  { suspects, signed }: Deciding,
): readonly Entity[] {
  const tally = tallyOf(proposal, state.governance, suspects);
  const verdict = verdictOf(tally);
  if (verdict === 'open') return [proposal];
  const decided = { ...proposal, decided: signed, tally };
  if (verdict === 'lost') return [{ ...decided, state: 'rejected' }];
  const { replaces, reasons, changes } = assess(proposal.change, state, signed.time);
  const stale = [...reasons, ...reasonsOfAge(proposal, replaces)];
  if (stale.length > 0) return [{ ...decided, state: 'stale', reasons: stale }];
  const { governance, others } = changes({
    proposal: proposal.id,
    proposer: proposal.proposed.actor,
    decider: signed.actor,
    transactionTime: signed.time,
  });
  const counted: Governance = { ...governance, changes: governance.changes + 1 };
  return [{ ...decided, state: 'in-effect' }, counted, ...others];
}

function reasonsOfAge({ replaces, change }: Proposal, found: Replaced): readonly Reason[] {
  const [before, now] = [canonicalise(replaces), canonicalise(found)];
  if (before === now) return [];
  return [{ code: 'CHANGED_MEANWHILE', subject: subjectOf(change), expected: before, found: now }];
}
