import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startGateway, type VaultReader } from '@veinledger/gateway';
import type { Ledger } from '@veinledger/ledger';
import { loadProfile, type Profile } from '@veinledger/network/profile';
import {
  type DevelopmentConsortium,
  foundHome,
  type Home,
  homeAt,
  openEmbedded,
  openFabric,
} from '@veinledger/cli';
import { startFabricGateways, startFromFile } from '../development/member-fabric.js';
import { type Submitter, HttpSubmitter, MembersSubmitter, type Person } from '../journey/index.js';

/** A submitter at which people also read. */
export interface ReadingSubmitter extends Submitter {
  read<T>(person: Person, path: string): Promise<T>;
}

/** A fresh ledger with the gateways through which everybody acts. */
export interface PlayedLedger {
  readonly ledger: Ledger;
  readonly consortium: DevelopmentConsortium;
  readonly submitter: ReadingSubmitter;
  /** what a replay opens annexes from */
  readonly vault: VaultReader;
  /** how many annexes the replaying member's own vault holds; left out where one gateway serves all */
  readonly annexesHeld?: () => Promise<number>;
  /** the gateway that a person's commands go through, in a word; left out where one serves all */
  readonly gatewayOf?: (person: Person) => string;
  /** what there is, for people */
  readonly told: readonly string[];
  close(): Promise<void>;
}

/** Whoever replays the whole ledger: a party of every therapy, through its own gateway. */
const REPLAYING = 'HospitalMSP';

/**
 * Opens a fresh ledger: embedded with one gateway for all, or a real Fabric network with a gateway for each member.
 * @param keep the folder that it stays in; below a temporary one, of which closing leaves nothing, when left out
 */
export async function openPlayedLedger(
  { fabric, keep }: { readonly fabric: boolean; readonly keep: string | undefined },
  log: (line: string) => void,
): Promise<PlayedLedger> {
  const directory = keep ?? (await mkdtemp(join(tmpdir(), 'veinledger-demo-')));
  const home = homeAt(resolve(directory));
  const removeFiles = async () => {
    if (keep === undefined) await rm(directory, { recursive: true, force: true });
  };
  try {
    const profile = await loadProfile();
    const consortium = await foundHome(home, profile.members);
    const played = fabric
      ? await onFabric(home, consortium, profile, log)
      : await onEmbedded(home, consortium);
    const close = async () => {
      await played.close();
      await removeFiles();
    };
    return { ...played, close };
  } catch (error) {
    await removeFiles();
    throw error;
  }
}

async function onEmbedded(home: Home, consortium: DevelopmentConsortium): Promise<PlayedLedger> {
  const { root } = consortium;
  const ledger = await openEmbedded(home);
  const { vault, wallet } = home;
  const settings = {
    environment: 'development',
    port: 0,
    vault,
    wallet,
    logLevel: 'silent',
  } as const;
  const gateway = await startGateway(settings, { ledger, root });
  return {
    ledger,
    consortium,
    submitter: new HttpSubmitter({ url: gateway.url, network: root.network }),
    vault: gateway.vault,
    told: [`gateway at ${gateway.url}, on ${ledger.name}`],
    close: async () => {
      await gateway.close();
      await ledger.close();
    },
  };
}

async function onFabric(
  home: Home,
  consortium: DevelopmentConsortium,
  profile: Profile,
  log: (line: string) => void,
): Promise<PlayedLedger> {
  const { ledger, connection, stop } = await openFabric(home, profile, log);
  const end = async () => {
    await ledger.close();
    await stop();
  };
  try {
    const gateways = await startFabricGateways(home, connection, profile.members, startFromFile);
    const { byMember } = gateways;
    const vault = byMember.get(REPLAYING)?.vault;
    if (!vault) throw new Error(`no gateway of ${REPLAYING}`);
    const urls = new Map([...byMember].map(([mspId, { url }]) => [mspId, url]));
    const nameOf = (mspId: string) =>
      profile.members.find((member) => member.mspId === mspId)?.id ?? mspId;
    return {
      ledger,
      consortium,
      submitter: new MembersSubmitter({ network: consortium.root.network, urls }),
      vault,
      annexesHeld: async () =>
        (await readdir(gateways.vaultOf(REPLAYING))).filter((file) => file.endsWith('.age')).length,
      gatewayOf: ({ organisation }) => nameOf(organisation),
      told: [
        `gateways on ${ledger.name}, each with its own member's identities and vault:`,
        ...[...urls].map(([mspId, url]) => `  ${nameOf(mspId).padEnd(14)}${url}`),
      ],
      close: async () => {
        await gateways.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}
