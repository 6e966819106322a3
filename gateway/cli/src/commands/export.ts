import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { coi } from '@veinledger/domain';
import { z } from 'zod';
import { wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import { writeExport } from '../export/write-export.js';

export const exportTherapy = defineCommand({
  arguments: [{ name: 'coi', summary: 'the chain-of-identity id' }],
  options: [{ name: 'to', value: 'DIR', summary: 'a folder that does not exist yet' }],
  input: z.strictObject({ coi, to: z.string({ error: 'a folder that does not exist yet' }) }),
  run: async (session, { coi: chain, to }) => {
    const directory = resolve(to);
    if (existsSync(directory)) throw wrongUsage('--to', 'a folder that does not exist yet', to);
    const made = await writeExport(session, await session.reader(), chain, directory);
    return {
      data: made,
      lines: [
        `exported ${made.commands.length} commands of ${chain} to ${directory}`,
        `check them from the consortium root by 'verify --export ${to} --root FILE'`,
      ],
    };
  },
});
