import {
  ballotChoice,
  changeDigest,
  code,
  processDefinition,
  processHash,
} from '@veinledger/domain';
import { z } from 'zod';
import { changeWords } from '../change-words.js';
import { CliError, wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import { readJson } from '../content.js';
import { type ReadProposal, readProposal } from '../read-proposals.js';
import { committed } from '../receipt-lines.js';
import { wordOf } from '../words.js';

export const vote = defineCommand({
  arguments: [
    { name: 'proposal', summary: "the proposal's name" },
    { name: 'choice', summary: 'how', values: ballotChoice.options },
  ],
  options: [
    {
      name: 'definition',
      value: 'FILE',
      summary:
        'the process definition that is meant: voted on only if its hash is the proposed one',
    },
  ],
  input: z.strictObject({
    proposal: code,
    choice: wordOf(ballotChoice.options),
    definition: z.string().optional(),
  }),
  run: async (session, { proposal: id, choice, definition }) => {
    const actor = session.actor();
    const proposal = await readProposal(session, actor, id);
    if (definition !== undefined) await requireDefinition(proposal, definition);
    // what was read is what is signed, whatever digest stood beside it
    const body = { proposal: id, change: changeDigest(proposal.change), choice };
    const receipt = await session.say(actor, { type: 'registry:Vote', body });
    const { data, lines } = committed(receipt);
    const { needed, members } = proposal.tally;
    return {
      data,
      lines: [
        `${choice}  ${id}: ${changeWords(proposal.change)}`,
        `  needs        ${needed} of ${members} members`,
        ...lines,
      ],
    };
  },
});

async function requireDefinition({ change }: ReadProposal, file: string): Promise<void> {
  if (change.kind !== 'agree-process') {
    throw wrongUsage('--definition', 'a proposal of a process definition', change.kind);
  }
  const parsed = processDefinition.safeParse(await readJson('--definition', `@${file}`));
  if (!parsed.success) throw wrongUsage('--definition', 'a process definition', file);
  const found = processHash(parsed.data);
  if (found === change.hash) return;
  throw new CliError('OTHER_DEFINITION', 'the file is not what is voted on; nothing was signed', {
    field: '--definition',
    expected: change.hash,
    found,
  });
}
