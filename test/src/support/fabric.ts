import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  channelOf,
  connectFabric,
  type FabricClientName,
  foundHome,
  type Home,
  homeAt,
  LedgerSubmitter,
  openFabric,
  peerOf,
} from '#scripts';
import type { Connection } from '@veinledger/network';
import { readWallet } from '@veinledger/network/identities';
import { loadProfile, profileFile } from '@veinledger/network/profile';
import type { Bench } from './bench.js';
import { endorseAt } from './fabric-proposal.js';

/** A bench on a real Fabric network, which closing it ends. */
export interface FabricBench extends Bench {
  readonly connection: Connection;
  readonly home: Home;
  /** the folder of all members' client identities */
  readonly wallet: string;
}

/** Which network, and through which client library it is reached. */
export interface FabricBenchOptions {
  readonly client?: FabricClientName;
  /** of the profiles that ship; the default one when left out */
  readonly profile?: string;
}

/** Limits for what hangs, milliseconds: a machine that is busy with something else takes its time to commit. */
export const PATIENT_DEADLINES = {
  evaluate: 120_000,
  endorse: 120_000,
  submit: 120_000,
  commit: 600_000,
} as const;

/** Starts a real network of its own; with the default profile, four ordering nodes and three peers with chaincode. */
export async function fabricBench({
  client = 'fabric-gateway',
  profile: name = 'consortium',
}: FabricBenchOptions = {}): Promise<FabricBench> {
  const directory = await mkdtemp(join(tmpdir(), 'veinledger-fabric-'));
  const home = homeAt(directory);
  const profile = await loadProfile(profileFile(name));
  const consortium = await foundHome(home, profile.members);
  const {
    ledger: first,
    wallet,
    connection,
    stop,
  } = await openFabric(home, profile, () => undefined);
  await first.close();
  const ledger = await connectFabric(connection, undefined, client, {
    deadlines: PATIENT_DEADLINES,
  });
  const submitter = new LedgerSubmitter({
    ledger,
    network: consortium.root.network,
    wallet: (await readWallet(wallet)).entries,
  });
  return {
    ledger,
    submitter,
    consortium,
    connection,
    home,
    wallet,
    async submitAt(person, message, skewMs) {
      const [peer] = connection.peers;
      if (!peer) throw new Error('the network has no peer');
      const refusal = await endorseAt({
        peer: await peerOf(peer),
        channel: channelOf(connection).name,
        chaincode: channelOf(connection).chaincode.name,
        invocation: submitter.invocation(person, message),
        time: new Date(Date.now() + skewMs),
      });
      if (refusal !== undefined) throw new Error(refusal);
    },
    async close() {
      await ledger.close();
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
