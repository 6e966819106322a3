import { PROPOSAL_STATES, proposalSchema, tallySchema } from '@veinledger/domain';
import { z } from 'zod';

export { algorithmSchema as algorithm } from '@veinledger/domain';

export const proposalState = z.enum(PROPOSAL_STATES);

/** A change that members vote on, with how the votes stand. */
export const proposal = proposalSchema.extend({ tally: tallySchema });
