import { type Change, changeDigest, type JwsAlgorithm } from '@veinledger/domain';
import type { DevelopmentConsortium } from '@veinledger/cli';
import { registrarOf } from './cast.js';
import { type Committed, type Submitter, type Person, send } from './submitter.js';

/** A change under the name that its proposal has. */
export interface Motion {
  readonly proposal: string;
  readonly change: Change;
}

/** Lays a change before the members, for a week. */
export function propose(
  submitter: Submitter,
  registrar: Person,
  motion: Motion,
  algorithms?: readonly JwsAlgorithm[],
): Promise<Committed> {
  const statement = { type: 'registry:Propose', body: { days: 7, ...motion } };
  return send(submitter, registrar, statement, algorithms);
}

/** Gives the vote of a registrar's organisation on a change. */
export function castVote(
  submitter: Submitter,
  registrar: Person,
  { proposal, change }: Motion,
  choice: 'approve' | 'reject' = 'approve',
  algorithms?: readonly JwsAlgorithm[],
): Promise<Committed> {
  const body = { proposal, change: changeDigest(change), choice };
  return send(submitter, registrar, { type: 'registry:Vote', body }, algorithms);
}

/** The first organisation proposes, the others approve at the same time; gives what each was answered. */
export async function carry(
  submitter: Submitter,
  consortium: DevelopmentConsortium,
  motion: Motion,
  [proposer, ...others]: readonly [string, ...string[]],
): Promise<readonly Committed[]> {
  const proposed = await propose(submitter, registrarOf(consortium, proposer), motion);
  const votes = others.map((each) => castVote(submitter, registrarOf(consortium, each), motion));
  return [proposed, ...(await Promise.all(votes))];
}
