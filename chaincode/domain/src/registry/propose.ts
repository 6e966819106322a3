import { z } from 'zod';
import { type Command, consortiumScope } from '../commands/command.js';
import { definePermission } from '../commands/define.js';
import { type Context, permitUnless, type PermissionDecision } from '../commands/decision.js';
import { code } from '../values/identifiers.js';
import type { ReadOnly } from '../nouns/noun.js';
import type { Reason } from '../nouns/reason.js';
import { signedBy } from '../nouns/signed.js';
import { addMinutes } from '../values/time.js';
import { assess } from './apply-change.js';
import type { ChangeState } from './assessment.js';
import { change, changeDigest } from '../nouns/change.js';
import { settle } from './settle.js';
import { requirePossession } from '../signing/possession.js';
import type { Proposal } from '../nouns/proposal.js';
import { readChangeState } from './change-state.js';
import { everybodyEntitled } from '../standing/refuse.js';

/** The longest that a proposal waits for votes, days. */
export const MAX_PROPOSAL_DAYS = 90;

const proposeBody = z.strictObject({
  /** names the proposal from then on */
  proposal: code,
  /** how long members may vote, from the transaction on */
  days: z.int().min(1).max(MAX_PROPOSAL_DAYS),
  change,
});

export const propose = definePermission({
  type: 'registry:Propose',
  roles: ['registrar'],
  signature: 'own',
  annexes: [],
  body: proposeBody,
  scope: consortiumScope,
  reads: async (reader, { body }, { root }) => ({
    ...(await readChangeState(reader, body.change, root)),
    existing: await reader.get('proposal', { id: body.proposal }),
  }),
  standing: everybodyEntitled,
  annulling: 'never',
  decide: decidePropose,
});
type Body = ReadOnly<z.infer<typeof proposeBody>>;

export interface ProposeState extends ChangeState {
  readonly existing: Proposal | undefined;
}

/**
 * A registrar lays a change before the members, and so gives its organisation's vote for it. What could not take effect
 * on the ledger as it is, is refused at once.
 * @throws VeinledgerError WEAK_KEY, POSSESSION_NOT_PROVED for a registrar who does not hold the keys
 */
export async function decidePropose(
  state: ProposeState,
  command: Command<Body>,
  context: Context,
): Promise<PermissionDecision> {
  const { proposal: id, days, change: asked } = command.body;
  if ('registrar' in asked) {
    const { actor, keys, proof } = asked.registrar;
    const { network } = context.root;
    await requirePossession(proof, { network, actor, keys }, context.verifier);
  }
  const { transactionTime } = context;
  const { organisation } = context.actor;
  const assessment = assess(asked, state, transactionTime);
  const reasons: Reason[] = [...assessment.reasons];
  if (state.existing) {
    const found = state.existing.organisation;
    reasons.push({ code: 'PROPOSAL_EXISTS', subject: `proposal ${id}`, found });
  }
  const proposed = signedBy(command, context);
  return permitUnless(reasons, () =>
    settle(
      {
        noun: 'proposal',
        id,
        change: asked,
        digest: changeDigest(asked),
        replaces: assessment.replaces,
        proposed,
        organisation,
        until: addMinutes(transactionTime, days * 24 * 60),
        votes: [{ organisation, choice: 'approve', signed: proposed }],
        state: 'open',
      },
      state,
      { suspects: [], signed: proposed },
    ),
  );
}
