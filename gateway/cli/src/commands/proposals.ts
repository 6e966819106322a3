import { z } from 'zod';
import { changeWords } from '../change-words.js';
import { table } from '../columns.js';
import { defineCommand } from '../command.js';
import { readProposals, type SeenProposal } from '../read-proposals.js';

export const proposals = defineCommand({
  arguments: [],
  options: [
    { name: 'awaiting', summary: 'only those that wait for the vote of the organisation of --as' },
    { name: 'all', summary: 'also those that were decided or have expired' },
  ],
  input: z.strictObject({ awaiting: z.boolean().default(false), all: z.boolean().default(false) }),
  run: async (session, { awaiting, all }) => {
    const read = await readProposals(session, await session.reader());
    const data = read.filter(
      ({ state, awaitsYou }) => (all || state === 'open') && (!awaiting || awaitsYou),
    );
    if (data.length === 0) {
      return { data, lines: [awaiting ? 'nothing waits for your vote' : 'no open proposals'] };
    }
    return {
      data,
      lines: [
        ...table(HEADINGS, data.map(rowOf)),
        ...data.map(({ id, change }) => `${id}: ${changeWords(change)}`),
      ],
    };
  },
});

const HEADINGS = ['proposal', 'state', 'approve', 'reject', 'missing', 'until', 'voted', 'you'];

function rowOf({ id, state, tally, missing, until, votes, awaitsYou }: SeenProposal) {
  return [
    id,
    state,
    `${tally.approve} of ${tally.needed}`,
    String(tally.reject),
    String(missing),
    until,
    votes.map(({ organisation, choice }) => `${organisation} ${choice}`).join(', '),
    awaitsYou ? 'your vote' : '',
  ];
}
