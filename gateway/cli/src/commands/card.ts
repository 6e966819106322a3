import { accessReason, coi, localId } from '@veinledger/domain';
import { z } from 'zod';
import { defineCommand } from '../command.js';
import { issueCard, openByCard } from '../passes/card.js';

const ACTS = ['issue', 'open'] as const;

export const card = defineCommand({
  arguments: [
    { name: 'act', summary: 'what to do', values: ACTS },
    {
      name: 'card',
      summary: 'issue: the chain-of-identity id; open: what the scanner read, @FILE, or that id',
    },
  ],
  options: [
    { name: 'to', value: 'FOLDER', summary: 'issue: where the page is written (default: .)' },
    {
      name: 'ask-at',
      value: 'URL',
      summary: 'issue: the gateway that physicians elsewhere reach (default: this one)',
    },
    { name: 'reason', value: 'CODE', summary: `open: ${accessReason.options.join(', ')}` },
    { name: 'explanation', value: 'TEXT', summary: 'open: why, for the parties and the patient' },
    { name: 'id', value: 'ID', summary: "open: the access's id (default: a fresh one)" },
  ],
  input: z.discriminatedUnion('act', [
    z.strictObject({
      act: z.literal('issue'),
      card: coi,
      to: z.string().default('.'),
      'ask-at': z.url().optional(),
    }),
    z.strictObject({
      act: z.literal('open'),
      card: z.string(),
      reason: accessReason,
      explanation: z.string({ error: 'why' }).min(1).max(8192),
      id: localId.optional(),
    }),
  ]),
  run: async (session, input) => {
    switch (input.act) {
      case 'issue':
        return issueCard(session, { coi: input.card, to: input.to, gateway: input['ask-at'] });
      case 'open':
        return openByCard(session, input);
    }
  },
});
