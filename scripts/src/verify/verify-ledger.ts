import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { replay, type ReplayReport } from '@veinledger/chaincode/replay';
import type { ChainVerification } from '@veinledger/gateway/ledger';
import { homeAt } from '../development/home.js';
import {
  openEmbeddedForReading,
  openFabricForReading,
  openVaultForReading,
  readRootFile,
} from './open.js';

/** Which ledger is checked against which root, with which vault. */
export interface VerifyOptions {
  readonly home: string;
  readonly channel: string;
  readonly ledger: string | undefined;
  readonly connection: string | undefined;
  readonly root: string | undefined;
  readonly vault: string | undefined;
}

/** What became of a check. */
export interface LedgerVerification {
  readonly name: string;
  readonly network: string;
  readonly chain: ChainVerification;
  readonly report: ReplayReport;
  /** whether the chain is intact and nothing differs */
  readonly sound: boolean;
}

/**
 * Checks a ledger from its blocks alone.
 * @throws Error when ledger, root or vault cannot be read
 */
export async function verifyLedger(options: VerifyOptions): Promise<LedgerVerification> {
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
    const chain = await ledger.verify();
    const report = await replay({
      blocks: ledger.blocks(),
      root,
      verifier: nativeVerifier,
      ...(vault === undefined ? {} : { vault }),
    });
    const sound = chain.intact && report.findings.length === 0;
    return { name: ledger.name, network: root.network, chain, report, sound };
  } finally {
    await ledger.close();
  }
}
