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
    acts.flatMap((act) =>
      act.asked.map((called, index) =>
        index === 0
          ? [act.state, act.subject, whyOf(act), act.since, ...callOf(called)]
          : ['or', '', '', '', ...callOf(called)],
      ),
    ),
  );
}

/** Its code, with the time by which it should be done where it has one. */
function whyOf({ code, due, overdueMinutes = 0 }: NextAct): string {
  if (due === undefined) return code;
  return overdueMinutes > 0 ? `${code}, ${overdueMinutes} min late` : `${code}, due ${due}`;
}

function callOf({ act, organisation, roles, people, as }: CalledToAct): readonly string[] {
  return [act, `${roles.join(' or ')} of ${organisation}`, `${as}: ${people.join(', ')}`];
}
