import { type FabricSearch, findFabric, findFabricCa } from '@veinledger/network';
import { FOLDERS, type Preparation, requiredBy } from './group.js';

/** So many networks run at a time: their suites wait for blocks most of the time. */
const NETWORKS = '3';

/** Suites on real Fabric networks: programs that are not there are built. */
export async function prepareFabric(): Promise<Preparation> {
  const log = (line: string) => console.log(line);
  const [fabric, fabricCa] = await Promise.all([findFabric({ log }), findFabricCa({ log })]);
  if (!fabric.found || !fabricCa.found) {
    return {
      prepared: undefined,
      notRun: [
        {
          suites: 'on a real Fabric network (test/src/fabric)',
          reasons: [...reasonsOf('Fabric', fabric), ...reasonsOf('Fabric CA', fabricCa)],
          ...requiredBy('VEINLEDGER_REQUIRE_FABRIC'),
        },
      ],
    };
  }
  const { version, source, binDir } = fabric.fabric;
  console.log(`\nFabric ${version} (${source}: ${binDir})`);
  return {
    prepared: {
      title: `Fabric ${version}`,
      args: ['--maxWorkers', NETWORKS, '--roots', FOLDERS.fabric],
      env: { FABRIC_BIN: binDir, FABRIC_CA_BIN: fabricCa.fabric.binDir },
    },
    notRun: [],
  };
}

function reasonsOf(name: string, search: FabricSearch): string[] {
  if (search.found) return [];
  return search.failures.map(({ source, version, reason }) =>
    [name, version, source].filter(Boolean).join(' ').concat(': ', reason),
  );
}
