import { actorId, coi, instant, localId, organisationId } from '@veinledger/domain';
import { z } from 'zod';
import { defineCommand } from '../command.js';
import { check } from '../passes/check.js';
import { issue } from '../passes/issue.js';
import { writeIssuers } from '../passes/issuers.js';
import { scannedItem } from '../scanned.js';

const ACTS = ['issue', 'check', 'issuers'] as const;

export const pass = defineCommand({
  arguments: [
    { name: 'act', summary: 'what to do', values: ACTS },
    { name: 'coi', summary: 'issue: the chain-of-identity id', optional: true },
    { name: 'item', summary: 'issue: the product, scanned or typed', optional: true },
  ],
  options: [
    { name: 'line', value: 'N', summary: 'issue: the line of the order' },
    {
      name: 'open-tests',
      value: 'STEP,…',
      summary: 'issue: tests that may follow and have no result yet, which a physician signs for',
    },
    { name: 'id', value: 'ID', summary: "issue: the pass's id (default: a fresh one)" },
    {
      name: 'to',
      value: 'PLACE',
      summary: 'issue: the folder for page and file (default: .); issuers: the file to write',
    },
    {
      name: 'organisation',
      value: 'MSP',
      summary: "issuers: whose pharmacists and physicians (default: every member's)",
    },
    { name: 'pass', value: 'TEXT|@FILE', summary: 'check: what the scanner read, or a file of it' },
    { name: 'issuers', value: 'FILE', summary: "check: whom 'pass issuers' wrote" },
    { name: 'patient', value: 'ID', summary: "check: the pseudonym on the patient's token" },
    { name: 'scanned', value: 'ITEM', summary: 'check: the product at hand, in any notation' },
    { name: 'at', value: 'TIME', summary: 'check: as of then, UTC (default: now)' },
  ],
  input: z.discriminatedUnion('act', [
    z.strictObject({
      act: z.literal('issue'),
      coi,
      item: scannedItem,
      line: z.coerce.number({ error: 'the number of a line' }).int().min(1).max(99),
      'open-tests': z
        .string()
        .transform((text) => text.split(','))
        .optional(),
      id: localId.optional(),
      to: z.string().default('.'),
    }),
    z.strictObject({
      act: z.literal('check'),
      pass: z.string({ error: 'what the scanner read, or @FILE' }),
      issuers: z.string({ error: 'a file' }),
      patient: actorId,
      scanned: scannedItem,
      at: instant.optional(),
    }),
    z.strictObject({
      act: z.literal('issuers'),
      to: z.string({ error: 'a file' }),
      organisation: organisationId.optional(),
    }),
  ]),
  run: async (session, input) => {
    switch (input.act) {
      case 'issue':
        return issue(session, { ...input, openTests: input['open-tests'] });
      case 'check':
        return check(input);
      case 'issuers':
        return writeIssuers(session, input);
    }
  },
});
