import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foundHome, homeAt, openEmbedded, readRoot } from '@veinledger/cli';
import { loadProfile } from '@veinledger/network/profile';

/** The OpenAPI document that a gateway serves which keeps its staff's keys, as it stands in `docs/openapi.json`. */
export async function servedDocument(): Promise<string> {
  const { startGateway } = await import('@veinledger/gateway');
  const directory = await mkdtemp(join(tmpdir(), 'veinledger-openapi-'));
  const home = homeAt(directory);
  try {
    await foundHome(home, (await loadProfile()).members);
    const root = await readRoot(home);
    const ledger = await openEmbedded(home);
    try {
      const { vault, wallet, keystore } = home;
      const kept = { vault, wallet, keystore };
      const gateway = await startGateway(
        { environment: 'development', port: 0, logLevel: 'silent', ...kept },
        { ledger, root },
      );
      try {
        const answer = await fetch(new URL('/v1/openapi.json', gateway.url));
        return `${JSON.stringify(await answer.json(), undefined, 2)}\n`;
      } finally {
        await gateway.close();
      }
    } finally {
      await ledger.close();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
