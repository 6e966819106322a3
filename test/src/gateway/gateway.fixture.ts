import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foundAuthorities, foundConsortium } from '#scripts';
import type { ProcessDefinition, Role } from '@veinledger/domain';
import {
  type Gateway,
  type GatewayDependencies,
  type GatewaySettings,
  startGateway,
} from '@veinledger/gateway';
import { writeWallet } from '@veinledger/network/identities';
import { loadProfile } from '@veinledger/network/profile';
import type { Bench } from '../support/bench.js';
import { embeddedBench } from '../support/embedded.js';

/** A gateway on a free port, over an embedded ledger that holds nothing yet. */
export interface GatewayBench extends Bench {
  readonly gateway: Gateway;
  readonly vaultFolder: string;
  /** Stops the gateway and starts it again on the same files, of which something may be changed meanwhile. */
  restart(meanwhile?: () => Promise<void>): Promise<Gateway>;
}

/**
 * @param alsoGranting roles that members may grant besides those of the profile
 * @param definitions the processes that they agreed on; those that are shipped where this is left out
 */
export async function gatewayBench(
  settings: Partial<GatewaySettings> = {},
  dependencies: Pick<GatewayDependencies, 'logger'> = {},
  alsoGranting: Readonly<Record<string, readonly Role[]>> = {},
  definitions?: readonly ProcessDefinition[],
): Promise<GatewayBench> {
  const profile = await loadProfile();
  const members = profile.members.map((member) => ({
    ...member,
    roles: [...member.roles, ...(alsoGranting[member.mspId] ?? [])],
  }));
  const authorities = await foundAuthorities(members);
  const consortium = foundConsortium(members, definitions);
  const bench = await embeddedBench({ consortium, authorities });
  const folder = await mkdtemp(join(tmpdir(), 'veinledger-gateway-'));
  const wallet = join(folder, 'wallet');
  await writeWallet(wallet, authorities.wallet);
  const vaultFolder = join(folder, 'vault');
  const start = () =>
    startGateway(
      {
        environment: 'development',
        port: 0,
        vault: vaultFolder,
        wallet,
        logLevel: 'silent',
        ...settings,
      },
      { ledger: bench.ledger, root: consortium.root, ...dependencies },
    );
  let gateway = await start();
  return {
    ...bench,
    vaultFolder,
    get gateway() {
      return gateway;
    },
    restart: async (meanwhile) => {
      await gateway.close();
      await meanwhile?.();
      gateway = await start();
      return gateway;
    },
    close: async () => {
      await gateway.close();
      await bench.close();
      await rm(folder, { recursive: true });
    },
  };
}
