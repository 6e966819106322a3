import { parseArgs } from 'node:util';
import { verificationLines } from './verify/report-lines.js';
import { verifyLedger, type VerifyOptions } from './verify/verify-ledger.js';
import { runAsMain } from './main-process.js';

const HELP = `npm run verify -- [--home DIR] [options]

Checks a ledger from its blocks alone, without its contracts: walks the chain of hashes, recomputes each
transaction's validity, verifies and decides each signed command anew, and compares receipts, reads, writes
and state. With the vault it also opens the annexes; without, it lists the verdicts it took on endorsement.

  --home DIR         ledger, root and vault of a development consortium (default: .veinledger)
  --ledger DIR       an embedded ledger that no other process has open
  --channel NAME     the channel that the embedded ledger belongs to (default: programme)
  --connection FILE  a Fabric network that is up, by its connection.json; instead of --ledger
  --root FILE        the consortium root that the members agreed on
  --vault DIR        the gateway's vault

Exit codes: 0 no difference; 1 a difference, or the ledger cannot be read; 2 wrong usage.
`;

function readOptions(): VerifyOptions | 'help' {
  const { values } = parseArgs({
    options: {
      home: { type: 'string', default: '.veinledger' },
      channel: { type: 'string', default: 'programme' },
      ledger: { type: 'string' },
      connection: { type: 'string' },
      root: { type: 'string' },
      vault: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return 'help';
  if (values.ledger !== undefined && values.connection !== undefined) {
    throw new Error('--ledger and --connection: expected one of them, found both');
  }
  const { home, channel, ledger, connection, root, vault } = values;
  return { home, channel, ledger, connection, root, vault };
}

async function main(): Promise<number> {
  let options: VerifyOptions | 'help';
  try {
    options = readOptions();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return 2;
  }
  if (options === 'help') {
    console.log(HELP);
    return 0;
  }
  const verification = await verifyLedger(options);
  verificationLines(verification).forEach((line) => console.log(line));
  return verification.sound ? 0 : 1;
}

await runAsMain(main);
