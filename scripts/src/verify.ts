import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { replay } from '@veinledger/chaincode/replay';
import { homeAt } from './development/home.js';
import {
  openEmbeddedForReading,
  openFabricForReading,
  openVaultForReading,
  readRootFile,
} from './verify/open.js';
import { chainLine, reportLines } from './verify/report-lines.js';

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

interface Options {
  readonly home: string;
  readonly channel: string;
  readonly ledger: string | undefined;
  readonly connection: string | undefined;
  readonly root: string | undefined;
  readonly vault: string | undefined;
}

async function verify(options: Options): Promise<boolean> {
  const home = homeAt(resolve(options.home));
  const root = await readRootFile(options.root ?? home.rootFile);
  const ledger =
    options.connection === undefined
      ? await openEmbeddedForReading(options.ledger ?? home.ledger, options.channel, root)
      : await openFabricForReading(options.connection);
  try {
    const vaultDirectory = options.vault ?? (existsSync(home.vault) ? home.vault : undefined);
    const vault =
      vaultDirectory === undefined ? undefined : await openVaultForReading(vaultDirectory);
    console.log(`ledger            ${ledger.name}, network ${root.network}`);
    const chain = await ledger.verify();
    console.log(chainLine(chain));
    const report = await replay({
      blocks: ledger.blocks(),
      root,
      verifier: nativeVerifier,
      ...(vault === undefined ? {} : { vault }),
    });
    reportLines(report).forEach((line) => console.log(line));
    return chain.intact && report.findings.length === 0;
  } finally {
    await ledger.close();
  }
}

function readOptions(): Options | 'help' {
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
  let options: Options | 'help';
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
  try {
    return (await verify(options)) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

process.exitCode = await main();
