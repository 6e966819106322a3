import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  coi,
  type TherapyProgress,
  therapyProgressSchema,
  type Turnaround,
  turnaroundReleaseSchema,
  turnaroundSchema,
} from '@veinledger/domain';
import { z } from 'zod';
import { table } from '../columns.js';
import { wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import type { Session } from '../session.js';

export const turnaround = defineCommand({
  arguments: [
    { name: 'coi', summary: 'one therapy; left out, all that --as may know', optional: true },
  ],
  options: [
    {
      name: 'export',
      value: 'FILE',
      summary: 'writes what analysts may be given: no cell of fewer than five patients',
    },
  ],
  input: z.strictObject({ coi: coi.optional(), export: z.string().optional() }),
  run: async (session, { coi: chain, export: file }) => {
    const actor = await session.reader();
    if (file !== undefined) {
      if (chain !== undefined) throw wrongUsage('--export', 'no COI: one therapy is one patient');
      return release(session, actor, file);
    }
    if (chain === undefined) {
      const found = turnaroundSchema.parse(await session.read(actor, '/v1/turnaround'));
      return { data: found, lines: turnaroundLines(found) };
    }
    const path = `/v1/therapies/${chain}/turnaround`;
    const found = therapyProgressSchema.parse(await session.read(actor, path));
    return { data: found, lines: progressLines(found) };
  },
});

async function release(session: Session, actor: string, file: string) {
  const found = turnaroundReleaseSchema.parse(await session.read(actor, '/v1/turnaround/release'));
  try {
    await writeFile(resolve(file), `${JSON.stringify(found, undefined, 2)}\n`, { flag: 'wx' });
  } catch {
    throw wrongUsage('--export', 'a file that can be written and is not there yet', file);
  }
  const cells = `${found.cells.length} cells of ${found.smallestCell} patients or more`;
  return { data: found, lines: [`wrote ${cells} to ${file}`] };
}

function progressLines({ steps, at }: TherapyProgress): readonly string[] {
  return [
    ...table(
      ['step', 'state', 'due', 'done', 'by or waits for'],
      steps.map(({ step, state, due, done = '', organisation, waitsFor }) => [
        ...[step, state, due, done],
        organisation ?? waitsFor.join(' or '),
      ]),
    ),
    `as of ${at}`,
  ];
}

function turnaroundLines({ steps, at, therapies }: Turnaround): readonly string[] {
  if (steps.length === 0) return ['no therapy of which --as is told'];
  const days = (taken: number | undefined) => taken?.toFixed(2) ?? '';
  return [
    ...table(
      [
        ...['process', 'step', 'organisation', 'on time', 'late', 'waiting', 'overdue'],
        ...['median days', '90 % within', 'longest'],
      ],
      steps.map((row) => [
        ...[`${row.process} ${row.version}`, row.step, row.organisation],
        ...[row.onTime, row.late, row.waiting, row.overdue].map(String),
        ...[row.medianDays, row.p90Days, row.maxDays].map(days),
      ]),
    ),
    `therapies: ${therapies}, as of ${at}`,
  ];
}
