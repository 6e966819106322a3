import { z } from 'zod';
import { verificationLines } from '../../verify/report-lines.js';
import { CliError, wrongUsage } from '../complaint.js';
import { defineCommand, type Outcome } from '../command.js';
import { EXIT } from '../exit-codes.js';
import { checkExport } from '../export/check-export.js';

export const verify = defineCommand({
  name: 'verify',
  summary: 'checks a ledger from its blocks alone, or an export; needs no gateway',
  arguments: [],
  options: [
    { name: 'export', value: 'DIR', summary: "what 'export' wrote; instead of a ledger" },
    {
      name: 'ledger',
      value: 'DIR',
      summary: "an embedded ledger that no other process has open (default: the home's)",
    },
    { name: 'channel', value: 'NAME', summary: 'the channel of the embedded ledger' },
    {
      name: 'connection',
      value: 'FILE',
      summary: 'a Fabric network that is up, by its connection.json; instead of --ledger',
    },
    {
      name: 'root',
      value: 'FILE',
      summary: "the root that the members agreed on (default: the home's)",
    },
    { name: 'vault', value: 'DIR', summary: "the gateway's vault (default: the home's)" },
  ],
  input: z.strictObject({
    export: z.string().optional(),
    ledger: z.string().optional(),
    channel: z.string().default('programme'),
    connection: z.string().optional(),
    root: z.string().optional(),
    vault: z.string().optional(),
  }),
  run: async (session, { export: exported, ...input }) => {
    const { ledger, connection, root, vault } = input;
    if (ledger !== undefined && connection !== undefined) {
      throw wrongUsage('--connection', 'nothing beside --ledger', connection);
    }
    if (exported !== undefined) {
      const other = ledger ?? connection ?? vault ?? root;
      if (other !== undefined) throw wrongUsage('--export', 'nothing beside it', other);
      return ofExport(exported);
    }
    // ledgers and their contracts are loaded here only: they take longer than most commands
    const { verifyLedger } = await import('../../verify/verify-ledger.js');
    const { channel } = input;
    const home = session.home.directory;
    const result = await verifyLedger({ home, channel, ledger, connection, root, vault });
    const exitCode = result.sound ? EXIT.done : EXIT.failed;
    return { data: result, lines: verificationLines(result), exitCode };
  },
});

async function ofExport(directory: string): Promise<Outcome> {
  const report = await checkExport(directory).catch((cause: unknown) => {
    throw new CliError('NOT_AN_EXPORT', 'the folder holds no manifest that can be read', {
      field: '--export',
      expected: "what 'export' wrote",
      found: `${directory}: ${cause instanceof Error ? cause.message : String(cause)}`,
    });
  });
  const { coi, commands, files, manifestSha256, findings } = report;
  const lines = [
    `therapy           ${coi}`,
    `commands          ${commands}, both signatures of each verified anew`,
    `files             ${files}`,
    `manifest          SHA-256 ${manifestSha256}`,
    `differences       ${findings.length === 0 ? 'none' : findings.length}`,
    ...findings.map(({ file, what }) => `  ${file}: ${what}`),
  ];
  return { data: report, lines, exitCode: findings.length === 0 ? EXIT.done : EXIT.failed };
}
