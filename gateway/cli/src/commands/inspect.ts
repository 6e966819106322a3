import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { coi, localId } from '@veinledger/domain';
import { z } from 'zod';
import { wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-codes.js';

const FOLDER = 'a folder that does not exist yet';

export const inspect = defineCommand({
  arguments: [{ name: 'coi', summary: 'the chain-of-identity id' }],
  options: [
    { name: 'to', value: 'DIR', summary: FOLDER },
    {
      name: 'attach',
      value: 'FILE',
      summary: "a file to take in, such as what 'network verify' printed; may be repeated",
      many: true,
    },
    {
      name: 'inspection',
      value: 'ID',
      summary: 'the inspection on record that the pack is made for',
    },
    { name: 'pdf', summary: 'prints the pages by the Chromium of PATH or VEINLEDGER_CHROMIUM' },
  ],
  input: z.strictObject({
    coi,
    to: z.string({ error: FOLDER }),
    attach: z.array(z.string()).default([]),
    inspection: localId.optional(),
    pdf: z.boolean().default(false),
  }),
  run: async (session, { coi: chain, to, attach, inspection, pdf }) => {
    const directory = resolve(to);
    if (existsSync(directory)) throw wrongUsage('--to', FOLDER, to);
    const lacking = attach.find((file) => !existsSync(file));
    if (lacking !== undefined) throw wrongUsage('--attach', 'a file', lacking);
    const names = attach.map((file) => basename(file));
    const again = names.find((name, at) => names.indexOf(name) !== at);
    if (again !== undefined) throw wrongUsage('--attach', 'files that differ by name', again);
    const { findBrowser, printPages } = await import('../inspect/print.js');
    const browser = pdf ? findBrowser() : undefined;
    // the page's parts are loaded here only: they take longer than most commands
    const { makePack } = await import('../inspect/make-pack.js');
    const order = { reader: await session.reader(), coi: chain, directory, attached: attach };
    const { pack, digest } = await makePack(session, { ...order, inspection });
    if (browser !== undefined) await printPages(browser, directory);
    const { findings, commands } = pack.restored;
    const sound = findings.length === 0 && pack.ledger.intact;
    return {
      data: pack,
      exitCode: sound ? EXIT.done : EXIT.failed,
      lines: [
        `made ${join(to, 'inspection.html')}: ${commands} commands, ${pack.access.length} with access, ${pack.requirements.length} requirements`,
        findings.length === 0
          ? 'restored: every command was decided anew from the root, and came out as it is on record'
          : `not restored: ${findings.length} differences`,
        ...findings.map(({ file, what }) => `  ${file}: ${what}`),
        `digest of inspection.json, for quality:RecordInspection: ${digest}`,
      ],
    };
  },
});
