import { z } from 'zod';
import { actorId, code, digest, instant, organisationId } from '../values/identifiers.js';
import { country } from '../values/country.js';
import { role } from '../values/roles.js';
import { ballotChoice, PROPOSAL_STATES, standing } from '../values/words.js';
import { milliseconds } from '../values/time.js';
import { algorithmSchema } from './algorithm.js';
import { change } from './change.js';
import { reasonSchema } from './reason.js';
import { defineNoun, type ReadOnly } from './noun.js';
import { signedSchema } from './signed.js';

const count = z.int().min(0);

/** How the votes stand among those who have one. */
export const tallySchema = z.strictObject({
  /** active members: each has one vote */
  members: count,
  /** the fewest approvals that are more than half */
  needed: count,
  approve: count,
  reject: count,
});

export interface Tally extends ReadOnly<z.infer<typeof tallySchema>> {}

/** An organisation's vote, and who gave it. A later one takes its place as long as the proposal is open. */
const voteSchema = z.strictObject({
  organisation: organisationId,
  choice: ballotChoice,
  signed: signedSchema,
});

export interface Vote extends ReadOnly<z.infer<typeof voteSchema>> {}

/** What a change takes the place of, under the name of what it changes; empty where there was nothing. */
const replacedSchema = z.strictObject({
  standing: standing.exactOptional(),
  country: country.exactOptional(),
  grantable: z.array(role).exactOptional(),
  /** ids of the organisation's registrars */
  registrars: z.array(actorId).exactOptional(),
  algorithm: algorithmSchema.exactOptional(),
  /** of the process definition that members agreed on before */
  hash: digest.exactOptional(),
});

export interface Replaced extends ReadOnly<z.infer<typeof replacedSchema>> {}

export const proposalSchema = z.strictObject({
  noun: z.literal('proposal'),
  id: code,
  change,
  /** SHA-256 of the change's canonical form, which each vote names */
  digest,
  /** what the change takes the place of, as it was when it was proposed */
  replaces: replacedSchema,
  proposed: signedSchema,
  /** the proposer's */
  organisation: organisationId,
  /** exclusive */
  until: instant,
  votes: z.array(voteSchema),
  state: z.enum(PROPOSAL_STATES),
  /** the vote that decided, and how the votes stood then */
  decided: signedSchema.exactOptional(),
  tally: tallySchema.exactOptional(),
  /** why it could not take effect although it was carried */
  reasons: z.array(reasonSchema).exactOptional(),
});

/** A change that members vote on. */
export interface Proposal extends ReadOnly<z.infer<typeof proposalSchema>> {}

export const proposalNoun = defineNoun<Proposal>()({
  noun: 'proposal',
  schema: proposalSchema,
  key: ['id'],
  read: { contract: 'registry', readers: 'members' },
});

/** Whether members may still vote on it. */
export function isVotable(
  { state, until }: Pick<Proposal, 'state' | 'until'>,
  at: string,
): boolean {
  return state === 'open' && milliseconds(at) < milliseconds(until);
}
