import { z } from 'zod';
import { verificationLines } from '../verify/report-lines.js';
import { readRootFile } from '../verify/root-file.js';
import type { Anchor, VerifyOptions } from '../verify/verify-ledger.js';
import { CliError, wrongUsage } from '../complaint.js';
import { defineCommand } from '../command.js';
import type { CommandResult } from '../command-result.js';
import { EXIT } from '../exit-codes.js';
import { checkByLedger, checkByRoot, type ExportReport } from '../export/check-export.js';
import { exportLines } from '../export/export-lines.js';

export const verify = defineCommand({
  arguments: [],
  options: [
    {
      name: 'export',
      value: 'DIR',
      summary: "what 'export' wrote: against a ledger, or from the root alone (then 6 at best)",
    },
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
    {
      name: 'block',
      value: 'N:HASH',
      summary: 'what is known of the chain: the hash that block N names of the one before it',
    },
  ],
  input: z.strictObject({
    export: z.string().optional(),
    ledger: z.string().optional(),
    channel: z.string().default('programme'),
    connection: z.string().optional(),
    root: z.string().optional(),
    vault: z.string().optional(),
    block: z
      .string()
      .regex(/^\d{1,12}:[0-9a-f]{64}$/, { error: "a block's number and 64 hexadecimal digits" })
      .optional(),
  }),
  run: async (session, { export: exported, block, ...input }) => {
    const { ledger, connection, root, vault } = input;
    if (ledger !== undefined && connection !== undefined) {
      throw wrongUsage('--connection', 'nothing beside --ledger', connection);
    }
    const hasLedger = ledger !== undefined || connection !== undefined;
    if (exported !== undefined && !hasLedger) {
      const other = vault ?? block;
      if (other === undefined) return ofExport(exported, root ?? session.home.rootFile);
      throw wrongUsage('--export', 'a --ledger or --connection too, or nothing of theirs', other);
    }
    const options = { ...input, ledger, connection, root, vault, anchor: anchorOf(block) };
    return ofLedger({ home: session.home.directory, ...options }, exported);
  },
});

async function ofLedger(
  options: VerifyOptions,
  exported: string | undefined,
): Promise<CommandResult> {
  // ledgers and their contracts are loaded here only: they take longer than most commands
  const { verifyLedger } = await import('../verify/verify-ledger.js');
  let report: ExportReport | undefined;
  const result = await verifyLedger(options, async (ledger, root) => {
    if (exported === undefined) return;
    report = await checkByLedger(exported, root, ledger).catch(notAnExport(exported));
  });
  const lines = verificationLines(result);
  const sound = result.sound && (report?.findings.length ?? 0) === 0;
  const exitCode = sound ? EXIT.done : EXIT.failed;
  if (report === undefined) return { data: result, lines, exitCode };
  const data = { ledger: result, export: report };
  return { data, lines: [...lines, '', ...exportLines(report)], exitCode };
}

async function ofExport(directory: string, rootFile: string): Promise<CommandResult> {
  const root = await readRootFile(rootFile);
  const report = await checkByRoot(directory, root).catch(notAnExport(directory));
  const { findings, notProven } = report;
  const sound = notProven.length === 0 ? EXIT.done : EXIT.unproven;
  const exitCode = findings.length === 0 ? sound : EXIT.failed;
  return { data: report, lines: exportLines(report), exitCode };
}

function anchorOf(text: string | undefined): Anchor | undefined {
  const [block, previousHash] = text?.split(':') ?? [];
  return previousHash === undefined ? undefined : { block: Number(block), previousHash };
}

const notAnExport =
  (directory: string) =>
  (cause: unknown): never => {
    if (cause instanceof Error && cause.name === 'LedgerError') throw cause;
    throw new CliError('NOT_AN_EXPORT', 'the folder holds no manifest that can be read', {
      field: '--export',
      expected: "what 'export' wrote",
      found: `${directory}: ${cause instanceof Error ? cause.message : String(cause)}`,
    });
  };
