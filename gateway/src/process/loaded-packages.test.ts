import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { selfSigned } from '@veinledger/ledger/fabric-gateway/tls.fixture';
import { clinician, gatewayFolders, root } from '../gateway.fixture.js';

/** What fabric-network brings along, and nothing else that a gateway uses. */
const TREE = ['fabric-network', 'fabric-common', 'fabric-protos', 'jsrsasign', 'elliptic', 'sjcl'];

const SCRIPT = fileURLToPath(import.meta.resolve('./loaded-packages.fixture.js'));

let folders: Awaited<ReturnType<typeof gatewayFolders>>;
beforeAll(async () => (folders = await gatewayFolders()));
afterAll(() => folders.remove());

describe('a gateway on a Fabric network', () => {
  test('loads nothing of fabric-network where its client is fabric-gateway', async () => {
    expect(await loadedOfTree('fabric-gateway')).toEqual([]);
  });

  test('loads fabric-network where members on Fabric 2.2 choose it', async () => {
    expect(await loadedOfTree('fabric-network')).toEqual(
      expect.arrayContaining(['fabric-network']),
    );
  });
});

/** Which packages of fabric-network's tree a gateway with that client has loaded once it has started. */
async function loadedOfTree(client: string): Promise<readonly string[]> {
  const folder = dirname(folders.wallet);
  const [rootFile, tlsCa, settings] = ['root.json', 'tls-ca.pem', 'settings.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  const mspId = clinician.organisation;
  await writeFile(rootFile, JSON.stringify(root));
  await writeFile(tlsCa, (await selfSigned('peer.hospital')).certificate);
  await writeFile(
    settings,
    JSON.stringify({
      ...{
        environment: 'development',
        logLevel: 'silent',
        port: 0,
        vault: folders.vault,
        wallet: folders.wallet,
      },
      root: rootFile,
      ledger: {
        ...{ kind: 'fabric', client, channel: 'programme', endorsements: 1 },
        peers: [{ mspId, endpoint: '127.0.0.1:1', serverName: 'peer.hospital', tlsCa }],
        reader: { mspId, label: 'clinician' },
      },
    }),
  );
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, settings], {
    maxBuffer: 2 ** 24,
  });
  const modules = JSON.parse(stdout) as readonly string[];
  return TREE.filter((name) => modules.some((file) => file.includes(`/node_modules/${name}/`)));
}
