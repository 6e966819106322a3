import { coi, commandTypeName, digest, organisationId } from '@veinledger/domain';
import { z } from 'zod';
import { table } from '../columns.js';
import { defineCommand } from '../command.js';

const answer = z.object({
  coi,
  annexes: z.array(
    z.object({
      digest,
      name: z.string(),
      command: digest,
      type: commandTypeName,
      held: z.boolean(),
      from: z.array(organisationId),
    }),
  ),
});

export const annexes = defineCommand({
  arguments: [{ name: 'coi', summary: 'the chain-of-identity id' }],
  options: [],
  input: z.strictObject({ coi }),
  run: async (session, { coi: chain }) => {
    const actor = await session.reader();
    const found = answer.parse(await session.read(actor, `/v1/therapies/${chain}/annexes`));
    return { data: found, lines: annexLines(found) };
  },
});

function annexLines({ annexes: all }: z.output<typeof answer>): readonly string[] {
  const missing = all.filter(({ held }) => !held);
  const here = `${all.length - missing.length} of ${all.length} annexes are here`;
  if (missing.length === 0) return [here];
  return [
    here,
    ...table(
      ['not here', 'of', 'command', 'to have from'],
      missing.map((each) => [
        each.digest,
        `${each.name} of ${each.type}`,
        each.command,
        fromOf(each),
      ]),
    ),
  ];
}

function fromOf({ from }: { readonly from: readonly string[] }): string {
  return from.length === 0 ? 'nobody' : from.join(', or ');
}
