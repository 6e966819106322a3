import { actor, command, context, NOW } from '../example.fixture.js';
import type { PermissionDecision } from '../commands/decision.js';
import type { Entity, EntityOf, Noun } from '../nouns/registry.js';
import { addMinutes } from '../values/time.js';
import { FOUNDING_ALGORITHMS } from './algorithm.js';
import type { ChangeState } from './assessment.js';
import { type Change, changeDigest } from '../nouns/change.js';
import type { Governance } from '../nouns/governance.js';
import type { Organisation } from '../nouns/organisation.js';
import type { Standing } from '../values/words.js';
import type { Proposal } from '../nouns/proposal.js';
import { decidePropose } from './propose.js';
import { decideVote } from './vote.js';

/** MSP ids of members, as many as asked for. */
export function memberIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `Member${index}MSP`);
}

export function organisation(id: string, rest: Partial<Organisation> = {}): Organisation {
  return {
    noun: 'organisation',
    id,
    country: 'DE',
    grantable: ['lab'],
    registrars: [registrarOf(id).id],
    standing: 'active',
    ...rest,
  };
}

export function registrarOf(id: string) {
  return actor(`${id.replace('MSP', '').toLowerCase()}.registrar`, id, 'registrar');
}

/** Governance of these members, all of them active but for those named otherwise. */
export function governanceOf(
  ids: readonly string[],
  standings: Readonly<Record<string, Standing>> = {},
): Governance {
  const members = ids.map((id) => ({ id, standing: standings[id] ?? 'active' }) as const);
  return { noun: 'governance', members, algorithms: FOUNDING_ALGORITHMS, changes: 0 };
}

export function changeState(governance: Governance, rest: Partial<ChangeState> = {}): ChangeState {
  return {
    governance,
    organisation: undefined,
    registrar: undefined,
    holders: [],
    ending: [],
    agreed: undefined,
    published: undefined,
    ...rest,
  };
}

export const GRANT = {
  kind: 'set-grantable-roles',
  organisation: 'LabMSP',
  grantable: ['lab', 'designer'],
} satisfies Change;

/** The state of the ledger that {@link GRANT} is judged by. */
export function grantState(governance: Governance, rest: Partial<Organisation> = {}): ChangeState {
  return changeState(governance, { organisation: organisation('LabMSP', rest) });
}

export function propose(by: string, change: Change, state: ChangeState, existing?: Proposal) {
  const registrar = registrarOf(by);
  return decidePropose(
    { ...state, existing },
    command(registrar.id, { proposal: 'p-1', days: 7, change }),
    context(registrar),
  );
}

export interface VoteSetting {
  readonly by?: string;
  readonly minutes?: number;
  readonly suspects?: readonly string[];
  readonly digest?: string;
}

/** An organisation's vote, some minutes after the proposal. */
export function vote(
  organisationId: string,
  choice: 'approve' | 'reject',
  proposal: Proposal | undefined,
  state: ChangeState,
  setting: VoteSetting = {},
) {
  const registrar = { ...registrarOf(organisationId), ...(setting.by ? { id: setting.by } : {}) };
  const digest = setting.digest ?? proposal?.digest ?? changeDigest(GRANT);
  return decideVote(
    { proposal, change: proposal && state, suspects: setting.suspects ?? [] },
    command(registrar.id, { proposal: 'p-1', change: digest, choice }),
    context(registrar, { transactionTime: addMinutes(NOW, setting.minutes ?? 1) }),
  );
}

/** What a decision writes; nothing when it was refused. */
export function written(decided: PermissionDecision): readonly Entity[] {
  return decided.decision === 'permitted' ? decided.changes : [];
}

/** What a decision writes of a noun. */
export function oneOf<N extends Noun>(
  decision: PermissionDecision,
  noun: N,
): EntityOf<N> | undefined {
  return written(decision).find((entity): entity is EntityOf<N> => entity.noun === noun);
}

/** @throws Error when the decision writes no proposal */
export function proposalOf(decision: PermissionDecision): Proposal {
  const proposal = oneOf(decision, 'proposal');
  if (proposal) return proposal;
  throw new Error(`no proposal: ${JSON.stringify(decision)}`);
}
