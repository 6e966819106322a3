import { actorId, code, MAX_PROPOSAL_DAYS, role } from '@veinledger/domain';
import { z } from 'zod';
import { changeWords } from '../change-words.js';
import { defineCommand } from '../command.js';
import { changeOf, MOTIONS } from '../motions.js';
import { committed } from '../receipt-lines.js';
import { commaSeparated, freshId, wordOf } from '../words.js';

export const propose = defineCommand({
  arguments: [
    { name: 'motion', summary: 'what to change', values: MOTIONS },
    {
      name: 'subject',
      summary:
        'an MSP id; for process, the file of a definition; for require and disallow, an algorithm',
    },
  ],
  options: [
    { name: 'country', value: 'COUNTRY', summary: 'admit, country: where it stands' },
    { name: 'roles', value: 'ROLE,…', summary: 'admit, roles: all that it may grant from then on' },
    {
      name: 'registrar',
      value: 'FILE',
      summary: "admit, registrar: what the registrar to be wrote by 'candidate'",
    },
    { name: 'reason', value: 'CODE', summary: 'suspend, remove; registrar beside --ends: why' },
    {
      name: 'ends',
      value: 'ACTOR',
      summary: 'registrar: one who signs nothing more; may be repeated',
      many: true,
    },
    {
      name: 'compromised-since',
      value: 'TIME',
      summary: 'registrar: since when the keys of those were in other hands',
    },
    {
      name: 'not-after',
      value: 'TIME',
      summary: 'require: until when commands are signed by the algorithm (default: without an end)',
    },
    {
      name: 'replaced-by',
      value: 'ALGORITHM',
      summary: 'require, disallow: what takes its place',
    },
    { name: 'days', value: 'N', summary: 'how long members may vote (default: 14)' },
    { name: 'name', value: 'CODE', summary: "the proposal's name (default: a fresh one)" },
  ],
  input: z.strictObject({
    motion: wordOf(MOTIONS),
    subject: z.string(),
    country: z.string().optional(),
    roles: commaSeparated(role).optional(),
    registrar: z.string().optional(),
    reason: z.string().optional(),
    ends: z.array(actorId).optional(),
    compromisedSince: z.string().optional(),
    notAfter: z.string().optional(),
    replacedBy: z.string().optional(),
    days: z.coerce.number().int().min(1).max(MAX_PROPOSAL_DAYS).default(14),
    name: code.optional(),
  }),
  run: async (session, { motion, subject, days, name, ...words }) => {
    const actor = session.actor();
    const change = await changeOf(motion, subject, words);
    const body = { proposal: name ?? freshId(motion), days, change };
    const receipt = await session.say(actor, { type: 'registry:Propose', body });
    const { data, lines } = committed(receipt);
    return {
      data,
      lines: [`proposal ${body.proposal}: ${changeWords(change)}`, ...lines],
    };
  },
});
