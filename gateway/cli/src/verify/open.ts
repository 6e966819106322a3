import { join } from 'node:path';
import { contractsWith, systemClock } from '@veinledger/chaincode/contracts';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import type { ConsortiumRoot } from '@veinledger/domain';
import type { VaultReader } from '@veinledger/gateway';
import type { Ledger } from '@veinledger/ledger';
import { openEmbeddedLedger } from '@veinledger/ledger/embedded';
import { connectFabric } from '../development/open-fabric.js';
import { requireThere } from './root-file.js';

/** Opens an embedded ledger that exists, for reading: no certificate authority is known, so nobody may submit. */
export async function openEmbeddedForReading(
  directory: string,
  channel: string,
  root: ConsortiumRoot,
): Promise<Ledger> {
  requireThere(join(directory, 'CURRENT'), '--ledger');
  const [founder] = root.organisations;
  return openEmbeddedLedger({
    directory,
    channel,
    organisation: founder?.id ?? '',
    contracts: contractsWith({ root, verifier: nativeVerifier, clock: systemClock }),
    certificateAuthorities: {},
  });
}

/** Connects to a Fabric network by the file that describes it. */
export async function openFabricForReading(file: string): Promise<Ledger> {
  const { readConnection } = await import('@veinledger/network');
  return connectFabric(await readConnection(file));
}

/** Opens a vault that exists: a folder without a vault's key is none, and is left as it is. */
export async function openVaultForReading(directory: string): Promise<VaultReader> {
  const { AnnexVault, identityFileOf } = await import('@veinledger/gateway');
  requireThere(identityFileOf(directory), '--vault');
  return AnnexVault.open(directory);
}
