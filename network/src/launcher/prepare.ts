import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireFabric } from '../binaries/index.js';
import { bundleChaincode, describeCode, packageChaincode } from '../code/index.js';
import { HomeFiles, neededPorts, planNetwork, portCount, type Plan } from '../plan/index.js';
import { pickFreeRange, requireFreePorts } from '../processes/index.js';
import { loadProfile, type Profile } from '../profile/index.js';
import { writeJson } from './json.js';
import { readManifest, requireSame } from './manifest.js';
import { makeMaterials } from './materials.js';
import { writeNodeConfigs, type Software } from './nodes.js';
import type { StartOptions } from './options.js';

/** The chaincode beside this package. */
const OWN_CHAINCODE = fileURLToPath(new URL('../../../chaincode', import.meta.url));

/**
 * Makes a home folder ready to run: everything a network is made of, once, and each node's configuration.
 * @throws NetworkError NETWORK_DIFFERS, FABRIC_NOT_FOUND, PORT_TAKEN, FILE_MISSING
 */
export async function prepare(
  home: string,
  options: StartOptions,
): Promise<{ readonly plan: Plan; readonly software: Software }> {
  const { log = () => undefined } = options;
  const chaincodeDir = resolve(options.chaincodeDir ?? OWN_CHAINCODE);
  const rootFile = resolve(options.rootFile ?? new HomeFiles(home).root);
  const made = await readManifest(home);
  const profile = options.profile ?? made?.profile ?? (await loadProfile());
  const wantedBase = options.portBase ?? made?.portBase ?? profile.portBase;
  const portBase = wantedBase === 0 ? (made?.portBase ?? (await freeBase(profile))) : wantedBase;
  const bundle = await bundleChaincode(chaincodeDir);
  const code = await describeCode(bundle, rootFile);
  const manifest = { v: 1 as const, profile, portBase, code };
  if (made !== undefined) requireSame(home, made, manifest);

  const fabric = options.fabric ?? (await requireFabric({ log }));
  log(`Fabric ${fabric.version} from ${fabric.source}, ${fabric.binDir}`);
  const plan = planNetwork(profile, home, portBase);
  if (made === undefined) {
    await requireFreePorts(profile.host, neededPorts(plan));
    await makeMaterials(plan, fabric, rootFile);
    await writeJson(plan.files.manifest, manifest);
    log(`identities and the first block of ${profile.channel} are made`);
  }
  const built = await packageChaincode(profile.chaincode.name, profile.chaincode.version, code);
  await writeFile(plan.files.package, built.bytes);
  await writeFile(plan.files.bundle, bundle);
  const software = { fabric, code, packageId: built.id };
  await writeNodeConfigs(plan, software);
  return { plan, software };
}

async function freeBase(profile: Profile): Promise<number> {
  return pickFreeRange(profile.host, portCount(profile));
}
