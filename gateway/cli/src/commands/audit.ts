import { z } from 'zod';
import { auditLines } from '../audit/audit-lines.js';
import type { AuditSources } from '../audit/sources.js';
import { defineCommand } from '../command.js';
import { CliError, wrongUsage } from '../complaint.js';
import { EXIT } from '../exit-codes.js';

export const audit = defineCommand({
  arguments: [],
  options: [
    {
      name: 'peers',
      value: 'A,B',
      summary: "two or more peers: the connection's names, or host:port[=server-name]",
    },
    {
      name: 'connection',
      value: 'FILE',
      summary: "a network's connection.json; instead of the options below, or with them",
    },
    { name: 'channel', value: 'NAME', summary: 'a channel of the connection (default: its first)' },
    { name: 'genesis', value: 'FILE', summary: "the channel's first block, which is trusted" },
    { name: 'root', value: 'FILE', summary: 'the root that the members agreed on' },
    { name: 'identity', value: 'DIR', summary: "an auditor's cert.pem and key.pem" },
    { name: 'msp', value: 'ID', summary: "the auditor's organisation" },
    {
      name: 'tls-roots',
      value: 'FILE',
      summary: "authorities of the peers' TLS certificates, PEM",
    },
    { name: 'chaincode', value: 'NAME', summary: 'its name on the channel' },
    { name: 'vault', value: 'DIR', summary: "a gateway's vault, to open annexes" },
  ],
  input: z.strictObject({
    peers: z.string(),
    connection: z.string().optional(),
    channel: z.string().optional(),
    genesis: z.string().optional(),
    root: z.string().optional(),
    identity: z.string().optional(),
    msp: z.string().optional(),
    tlsRoots: z.string().optional(),
    chaincode: z.string().optional(),
    vault: z.string().optional(),
  }),
  run: async (session, { peers: list, vault, ...rest }) => {
    const peers = list.split(',').filter(Boolean);
    if (new Set(peers).size < 2) throw wrongUsage('--peers', 'two or more of them', list);
    const { connection, channel, genesis, root, identity, msp, tlsRoots, chaincode } = rest;
    const report = await audited(
      { peers, connection, channel, genesis, root, identity, msp, tlsRoots, chaincode },
      vault,
      (line) => session.note(line),
    );
    const exitCode = report.sound ? EXIT.done : EXIT.failed;
    return { data: report, lines: auditLines(report), exitCode };
  },
});

async function audited(
  sources: AuditSources,
  vault: string | undefined,
  note: (line: string) => void,
) {
  // ledgers are loaded here only: they take longer than most commands
  const { runAudit } = await import('../audit/run-audit.js');
  const { LedgerError } = await import('@veinledger/ledger');
  try {
    return await runAudit(sources, vault, note);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    const silent = error.kind === 'unavailable';
    const code = silent ? 'MEMBER_UNAVAILABLE' : 'MEMBER_REFUSED';
    throw new CliError(code, error.message, {}, silent ? EXIT.unavailable : EXIT.failed);
  }
}
