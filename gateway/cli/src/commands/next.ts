import { type CalledToAct, coi, type NextAct, nextSchema } from '@veinledger/domain';
import { z } from 'zod';
import { table } from '../columns.js';
import { defineCommand } from '../command.js';

export const next = defineCommand({
  arguments: [{ name: 'coi', summary: 'the chain-of-identity id' }],
  options: [],
  input: z.strictObject({ coi }),
  run: async (session, { coi: chain }) => {
    const actor = await session.reader();
    const found = nextSchema.parse(await session.read(actor, `/v1/therapies/${chain}/next`));
    return { data: found, lines: nextLines(found.acts) };
  },
});

function nextLines(acts: readonly NextAct[]): readonly string[] {
  if (acts.length === 0) return ['nothing waits for anybody'];
  return table(
    ['state', 'what', 'why', 'since', 'act', 'who', 'on call'],
    acts.flatMap(({ state, subject, code, since, asked }) =>
      asked.map((called, index) =>
        index === 0
          ? [state, subject, code, since, ...callOf(called)]
          : ['or', '', '', '', ...callOf(called)],
      ),
    ),
  );
}

function callOf({ act, organisation, roles, people, as }: CalledToAct): readonly string[] {
  return [act, `${roles.join(' or ')} of ${organisation}`, `${as}: ${people.join(', ')}`];
}
