import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nativeVerifier } from '@veinledger/chaincode/crypto';
import type { ConsortiumRoot } from '@veinledger/domain';
import type { Logger } from 'pino';
import type { EndorsementRule } from '../commands/endorsers.js';
import type { EmbeddedSection, FabricSection, LedgerSection } from '../config/ledger-section.js';
import { readWalletIdentity } from '../identities/wallet-files.js';
import type { FabricOptions } from '@veinledger/ledger/fabric';
import type { Ledger, SubmitterIdentity } from '@veinledger/ledger';
import type { GatewayMetrics } from '../telemetry/metrics.js';

/** A ledger that the settings name, open. */
export interface OpenLedger {
  readonly ledger: Ledger;
  readonly endorsement?: EndorsementRule;
}

export interface OpenLedgerParts {
  readonly root: ConsortiumRoot;
  /** the folder of X.509 identities */
  readonly wallet: string;
  /** counts how long the embedded ledger's contracts verify signatures, and endorsements that differ */
  readonly metrics: GatewayMetrics;
  readonly logger: Pick<Logger, 'warn'>;
}

/**
 * Opens the ledger that the settings name; only the code of that ledger is loaded.
 * @throws Error naming what cannot be read or opened
 */
export function openLedger(section: LedgerSection, parts: OpenLedgerParts): Promise<OpenLedger> {
  return section.kind === 'embedded' ? openEmbedded(section, parts) : openFabric(section, parts);
}

async function openEmbedded(
  { directory, channel, organisation, authorities }: EmbeddedSection,
  { root, metrics }: OpenLedgerParts,
): Promise<OpenLedger> {
  const { openVeinledger } = await import('@veinledger/ledger/embedded');
  const ledger = await openVeinledger({
    directory,
    channel,
    organisation,
    certificateAuthorities: await readAuthorities(authorities),
    root,
    verifier: metrics.timed(nativeVerifier),
  });
  return { ledger };
}

async function openFabric(
  section: FabricSection,
  { wallet, metrics, logger }: OpenLedgerParts,
): Promise<OpenLedger> {
  const { client, channel, chaincode, peers, endorsements, reader } = section;
  const organisations = [...new Set(section.endorsers ?? peers.map(({ mspId }) => mspId))];
  const options: FabricOptions = {
    channel,
    chaincode,
    endorsements,
    endorsers: organisations,
    peers: await Promise.all(
      peers.map(async ({ tlsCa, ...peer }) => ({
        ...peer,
        tlsCaPem: await read('ledger.peers: tlsCa', tlsCa),
      })),
    ),
    reader: await readIdentity(wallet, reader.mspId, reader.label),
    onMismatch: ({ transactionId, differing }) => {
      metrics.endorsedDifferently(differing);
      logger.warn({ transactionId, differing }, 'members endorsed different results');
    },
  };
  const endorsement = { organisations, needed: endorsements };
  return { ledger: await openWith(client, options), endorsement };
}

async function openWith(client: FabricSection['client'], options: FabricOptions): Promise<Ledger> {
  if (client === 'fabric-network') {
    const { openFabricNetwork } = await import('@veinledger/ledger/fabric-network');
    return openFabricNetwork(options);
  }
  const { openFabricGateway } = await import('@veinledger/ledger/fabric-gateway');
  return openFabricGateway(options);
}

/** Certificates of the members' authorities by MSP id. */
async function readAuthorities(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new Error(`ledger.authorities: ${folder} cannot be read`, { cause });
  });
  const files = names.filter((name) => name.endsWith('.pem'));
  const certificates = files.map(
    async (file) =>
      [
        file.slice(0, -'.pem'.length),
        await read('ledger.authorities', join(folder, file)),
      ] as const,
  );
  return Object.fromEntries(await Promise.all(certificates));
}

/** The identity by which blocks are read: a folder of the wallet, or a file of fabric-network's. */
async function readIdentity(
  wallet: string,
  mspId: string,
  label: string,
): Promise<SubmitterIdentity> {
  try {
    return await readWalletIdentity(wallet, mspId, label);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'cannot be read';
    throw new Error(`ledger.reader: ${join(wallet, mspId, label)}: ${reason}`, { cause });
  }
}

async function read(setting: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`${setting}: ${file} cannot be read`, { cause });
  }
}
