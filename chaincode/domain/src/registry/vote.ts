import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { code, digest } from '../values/identifiers.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import type { ChangeState } from './assessment.js';
import { isVotable, type Proposal, type Vote } from '../nouns/proposal.js';
import { settle, tallyOf } from './settle.js';
import { verdictOf } from './tally.js';
import { ballotChoice } from '../values/words.js';
import { readChangeState } from './change-state.js';
import { suspectVotes } from './suspects.js';
import { everybodyEntitled } from '../standing/refuse.js';

const voteBody = z.strictObject({
  proposal: code,
  /** SHA-256 of the change's canonical form: what was shown is what is voted on */
  change: digest,
  choice: ballotChoice,
});

export const vote = definePermission({
  type: 'registry:Vote',
  roles: ['registrar'],
  signature: 'own',
  annexes: [],
  body: voteBody,
  scope: consortiumScope,
  reads: async (reader, { body }, { root }) => {
    const proposal = await reader.get('proposal', { id: body.proposal });
    return {
      proposal,
      change: proposal && (await readChangeState(reader, proposal.change, root)),
      suspects: proposal ? await suspectVotes(reader, proposal) : [],
    };
  },
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decideVote,
});
type Body = z.infer<typeof voteBody>;

export interface VoteState {
  readonly proposal: Proposal | undefined;
  /** what its change is judged by; there where the proposal is */
  readonly change: ChangeState | undefined;
  /** organisations whose vote on it was signed with compromised keys */
  readonly suspects: readonly string[];
}

/**
 * A registrar gives its organisation's vote, the only one that it has, whoever of its registrars signs. Until the
 * proposal is decided the organisation may change its mind: the later vote takes the place of the earlier one.
 */
export function decideVote(
  { proposal, change, suspects }: VoteState,
  command: Command<Body>,
  context: Context,
): PermissionDecision {
  const { body } = command;
  const subject = `proposal ${body.proposal}`;
  if (!proposal || !change)
    return { decision: 'refused', reasons: [{ code: 'NO_SUCH_PROPOSAL', subject }] };
  const { organisation } = context.actor;
  const signed = signedBy(command, context);
  const said: Vote = { organisation, choice: body.choice, signed };
  const others = proposal.votes.filter((each) => each.organisation !== organisation);
  const voted = { ...proposal, votes: [...others, said] };
  const counting = suspects.filter((each) => each !== organisation);
  const reasons: Reason[] = [...closedReasons(proposal, context)];
  if (body.change !== proposal.digest) {
    const { digest: expected } = proposal;
    reasons.push({ code: 'OTHER_CHANGE', subject, expected, found: body.change });
  }
  const before = proposal.votes.find((each) => each.organisation === organisation);
  const same = before?.choice === body.choice && !suspects.includes(organisation);
  // members came and went since: the same vote again may count anew, and only where that decides
  if (same && verdictOf(tallyOf(voted, change.governance, counting)) === 'open') {
    const found = `${before.choice} by ${before.signed.actor}`;
    reasons.push({ code: 'ALREADY_VOTED', subject, expected: 'another choice', found });
  }
  return permitUnless(reasons, () => settle(voted, change, { suspects: counting, signed }));
}

function closedReasons(proposal: Proposal, { transactionTime }: Context): readonly Reason[] {
  if (isVotable(proposal, transactionTime)) return [];
  const { id, state, until } = proposal;
  const subject = `proposal ${id}`;
  return state === 'open'
    ? [
        {
          code: 'PROPOSAL_EXPIRED',
          subject,
          expected: `a vote before ${until}`,
          found: transactionTime,
        },
      ]
    : [{ code: 'PROPOSAL_CLOSED', subject, expected: 'open', found: state }];
}
