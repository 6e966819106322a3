import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EndorsementRule } from '@veinledger/gateway';
import type { Ledger } from '@veinledger/gateway/ledger';
import { loadProfile } from '@veinledger/network/profile';
import type { DevelopmentConsortium } from '../development/consortium.js';
import { foundHome, type Home, homeAt } from '../development/home.js';
import { openEmbedded } from '../development/open-embedded.js';
import { endorsementOf, openFabric } from '../development/open-fabric.js';

/** A ledger for one play, with the consortium it was founded for; closing it leaves nothing behind. */
export interface PlayedLedger {
  readonly ledger: Ledger;
  readonly consortium: DevelopmentConsortium;
  readonly home: Home;
  readonly wallet: string;
  readonly endorsement: EndorsementRule | undefined;
  close(): Promise<void>;
}

/** Opens a fresh ledger below a temporary directory: embedded, or on a real Fabric network. */
export async function openPlayedLedger(
  fabric: boolean,
  log: (line: string) => void,
): Promise<PlayedLedger> {
  const directory = await mkdtemp(join(tmpdir(), 'veinledger-demo-'));
  const home = homeAt(directory);
  const profile = await loadProfile();
  const removeFiles = () => rm(directory, { recursive: true, force: true });
  try {
    const consortium = await foundHome(home, profile.members);
    if (fabric) {
      const { ledger, wallet, connection, stop } = await openFabric(home, profile, log);
      const close = async () => {
        await ledger.close();
        await stop();
        await removeFiles();
      };
      const endorsement = endorsementOf(connection);
      return { ledger, consortium, home, wallet, endorsement, close };
    }
    const ledger = await openEmbedded(home);
    const close = async () => {
      await ledger.close();
      await removeFiles();
    };
    return { ledger, consortium, home, wallet: home.wallet, endorsement: undefined, close };
  } catch (error) {
    await removeFiles();
    throw error;
  }
}
