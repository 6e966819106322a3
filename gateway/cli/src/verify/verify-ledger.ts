import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { replay, type ReplayReport } from '@veinledger/chaincode/replay';
import type { ConsortiumRoot } from '@veinledger/domain';
import type { ChainVerification, Ledger } from '@veinledger/ledger';
import { homeAt } from '../development/home.js';
import { openEmbeddedForReading, openFabricForReading, openVaultForReading } from './open.js';
import { readRootFile } from './root-file.js';

/** Which ledger is checked against which root, with which vault. */
export interface VerifyOptions {
  readonly home: string;
  readonly channel: string;
  readonly ledger: string | undefined;
  readonly connection: string | undefined;
  readonly root: string | undefined;
  readonly vault: string | undefined;
  /** what is known of the chain from elsewhere; left out, the chain proves itself consistent and no more */
  readonly anchor?: Anchor | undefined;
}

/** The hash that a block names of the one before it: it fixes every block before. */
export interface Anchor {
  readonly block: number;
  /** lower-case hexadecimal, as `GET /v1/blocks` gives it */
  readonly previousHash: string;
}

/** What became of a check. */
export interface LedgerVerification {
  readonly name: string;
  readonly network: string;
  readonly chain: ChainVerification;
  readonly report: ReplayReport;
  /** the hash that was found where one was expected */
  readonly anchored?: Anchor & { readonly found: string };
  /** whether the chain is intact, is the one that is known, and nothing differs */
  readonly sound: boolean;
}

/**
 * Checks a ledger from its blocks alone.
 * @param also what is asked of the same ledger while it is open
 * @throws Error when ledger, root or vault cannot be read
 */
export async function verifyLedger(
  options: VerifyOptions,
  also?: (ledger: Ledger, root: ConsortiumRoot) => Promise<void>,
): Promise<LedgerVerification> {
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
    const anchored = options.anchor && (await anchoredAt(options.anchor, ledger));
    await also?.(ledger, root);
    const known = anchored === undefined || anchored.found === anchored.previousHash;
    const sound = chain.intact && known && report.findings.length === 0;
    const { name } = ledger;
    return { name, network: root.network, chain, report, ...(anchored && { anchored }), sound };
  } finally {
    await ledger.close();
  }
}

async function anchoredAt(anchor: Anchor, ledger: Pick<Ledger, 'blocks'>) {
  for await (const { previousHash: found } of ledger.blocks(anchor.block)) {
    return { ...anchor, found };
  }
  return { ...anchor, found: 'no such block' };
}
