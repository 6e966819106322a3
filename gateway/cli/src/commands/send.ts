import { COMMANDS, instant, lateReason } from '@veinledger/domain';
import { z } from 'zod';
import { defineCommand } from '../command.js';
import { readAnnexes, readJson } from '../content.js';
import { committed } from '../receipt-lines.js';

const TYPES = COMMANDS.map(({ type }) => type).sort();

export const send = defineCommand({
  arguments: [{ name: 'type', summary: 'for instance manufacturing:RegisterRun', values: TYPES }],
  options: [
    { name: 'body', value: 'JSON|@FILE', summary: 'what the command says' },
    {
      name: 'annex',
      value: 'NAME=FILE',
      summary: 'content that only parties see, a JSON file; may be repeated',
      many: true,
    },
    { name: 'at', value: 'TIME', summary: 'when it happened, UTC (default: now)' },
    { name: 'late-reason', value: 'CODE', summary: 'why it is entered late' },
  ],
  input: z.strictObject({
    type: z.string().refine((type) => TYPES.includes(type), `one of ${TYPES.join(', ')}`),
    body: z.string({ error: 'JSON, or @FILE' }),
    annex: z.array(z.string()).default([]),
    at: instant.optional(),
    lateReason: lateReason.optional(),
  }),
  run: async (session, { type, body, annex, at, lateReason: late }) => {
    const actor = session.actor();
    const statement = {
      type,
      body: await readJson('--body', body),
      annexes: await readAnnexes(annex),
      ...(at === undefined ? {} : { at }),
      ...(late === undefined ? {} : { lateReason: late }),
    };
    return committed(await session.say(actor, statement));
  },
});
