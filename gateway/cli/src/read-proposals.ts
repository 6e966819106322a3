import {
  actorId,
  ballotChoice,
  change,
  code,
  digest,
  instant,
  isVotable,
  organisationId,
  PROPOSAL_STATES,
} from '@veinledger/domain';
import { z } from 'zod';
import type { Session } from './session.js';

const count = z.int();

/** A proposal as far as the command line needs it. */
const proposalSchema = z.object({
  id: code,
  change,
  digest,
  replaces: z.unknown(),
  organisation: organisationId,
  until: instant,
  state: z.enum(PROPOSAL_STATES),
  votes: z.array(
    z.object({
      organisation: organisationId,
      choice: ballotChoice,
      signed: z.object({ actor: actorId, time: instant }),
    }),
  ),
  tally: z.object({ members: count, needed: count, approve: count, reject: count }),
  reasons: z.array(z.object({ code: z.string() })).optional(),
});
export type ReadProposal = z.infer<typeof proposalSchema>;

/** A proposal as a member sees it that votes. */
export interface SeenProposal extends Omit<ReadProposal, 'state'> {
  /** an open one whose time has ended has expired */
  readonly state: ReadProposal['state'] | 'expired';
  /** how many approvals it still needs */
  readonly missing: number;
  /** the reader's organisation may vote and has not */
  readonly awaitsYou: boolean;
}

/** One proposal, as an actor reads it. */
export async function readProposal(
  session: Session,
  actor: string,
  id: string,
): Promise<ReadProposal> {
  return proposalSchema.parse(await session.read(actor, `/v1/proposals/${encodeURIComponent(id)}`));
}

/** Every proposal, as an actor of an organisation sees it. */
export async function readProposals(
  session: Session,
  actor: string,
): Promise<readonly SeenProposal[]> {
  const organisation = await organisationOf(session, actor);
  const now = new Date().toISOString();
  const listed = await session.list(actor, '/v1/proposals');
  return z
    .array(proposalSchema)
    .parse(listed)
    .map((proposal) => seen(proposal, organisation, now));
}

function seen(proposal: ReadProposal, reader: string, now: string): SeenProposal {
  const { state, votes, tally } = proposal;
  const votable = isVotable(proposal, now);
  return {
    ...proposal,
    state: state === 'open' && !votable ? 'expired' : state,
    missing: votable ? Math.max(0, tally.needed - tally.approve) : 0,
    awaitsYou: votable && votes.every(({ organisation }) => organisation !== reader),
  };
}

async function organisationOf(session: Session, actor: string): Promise<string> {
  const answer = await session.read(actor, `/v1/actors/${actor}`);
  return z.looseObject({ organisation: organisationId }).parse(answer).organisation;
}
