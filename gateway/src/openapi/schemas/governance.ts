import {
  actorId,
  type Algorithm,
  algorithmId,
  algorithmStatus,
  change,
  code,
  country,
  digest,
  instant,
  organisationId,
  PROPOSAL_STATES,
  type Proposal,
  type Replaced,
  role,
  standing,
  type Tally,
} from '@veinledger/domain';
import { z } from 'zod';
import { reason } from './record.js';
import { exactOptional, signed } from './vocabulary.js';

const count = z.int().min(0);

const tally = z.strictObject({
  members: count,
  needed: count,
  approve: count,
  reject: count,
}) satisfies z.ZodType<Tally>;

const vote = z.strictObject({
  organisation: organisationId,
  choice: z.enum(['approve', 'reject']),
  signed,
});

/** A signature algorithm with what members agreed on for it. */
export const algorithm = z.strictObject({
  id: algorithmId,
  status: algorithmStatus,
  notAfter: exactOptional(instant),
  replacedBy: exactOptional(algorithmId),
}) satisfies z.ZodType<Algorithm>;

/** What a change takes the place of, under the name of what it changes. */
const replaced = z.strictObject({
  standing: exactOptional(standing),
  country: exactOptional(country),
  grantable: exactOptional(z.array(role)),
  registrars: exactOptional(z.array(actorId)),
  algorithm: exactOptional(algorithm),
  hash: exactOptional(digest),
}) satisfies z.ZodType<Replaced>;

export const proposalState = z.enum(PROPOSAL_STATES);

/** A change that members vote on, with how the votes stand. */
export const proposal = z.strictObject({
  noun: z.literal('proposal'),
  id: code,
  change,
  digest,
  replaces: replaced,
  proposed: signed,
  organisation: organisationId,
  until: instant,
  votes: z.array(vote),
  state: proposalState,
  decided: exactOptional(signed),
  tally,
  reasons: exactOptional(z.array(reason)),
}) satisfies z.ZodType<Proposal>;
