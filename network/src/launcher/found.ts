import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bundleChaincode,
  describeCode,
  packageChaincode,
  readNamed,
  sha256,
  type ChaincodePackage,
} from '../code/index.js';
import { NetworkError } from '../errors.js';
import { HomeFiles, OPERATIONS_HOST, portCount, withPorts, type CodeFiles } from '../plan/index.js';
import { pickFreeRange } from '../processes/index.js';
import { loadProfile, type Profile } from '../profile/index.js';
import { requireMembers } from './here.js';
import { writeJson } from './json.js';
import { readManifest, requireSame, type Manifest } from './manifest.js';
import type { StartOptions } from './options.js';

/** The chaincode beside this package. */
export const OWN_CHAINCODE = fileURLToPath(new URL('../../../chaincode', import.meta.url));

/**
 * Writes what the members agree on before any of them makes a key: profile, consortium roots, code. A home
 * that has a network goes on with what that was made of.
 * @throws NetworkError NETWORK_DIFFERS, FILE_MISSING, PORT_TAKEN, NODE_UNKNOWN
 */
export async function foundNetwork(home: string, options: StartOptions): Promise<Manifest> {
  const made = await readManifest(home);
  if (made === undefined) return writeFoundation(home, options, false);
  const names = made.profile.channels.map(({ name }) => name);
  const portBase = options.portBase ?? options.profile?.portBase;
  requireSame(home, made, {
    profile: options.profile,
    portBase: portBase === 0 ? undefined : portBase,
    roots: await rootDigests(names, options),
  });
  return made;
}

/**
 * Writes what members on several machines agree on: each then makes its keys in a home of its own.
 * @throws NetworkError NETWORK_DIFFERS when the home has a network, FILE_MISSING, PORT_TAKEN
 */
export async function foundApart(home: string, options: StartOptions): Promise<Manifest> {
  if ((await readManifest(home)) === undefined) return writeFoundation(home, options, true);
  throw new NetworkError('NETWORK_DIFFERS', `${home} has a network already`);
}

async function writeFoundation(
  home: string,
  options: StartOptions,
  apart: boolean,
): Promise<Manifest> {
  const { shared } = new HomeFiles(home);
  const profile = await agreedProfile(options);
  requireMembers(profile, options.members);
  const { name: chaincode, version } = profile.chaincode;
  const bundle = await bundleChaincode(resolve(options.chaincodeDir ?? OWN_CHAINCODE));
  // what an interrupted run left
  await rm(shared.members, { recursive: true, force: true });
  const channels: Manifest['channels'] = [];
  for (const { name } of profile.channels) {
    const files = shared.channel(name);
    const rootFile = rootOf(name, options) ?? files.root;
    const code = await describeCode(bundle, rootFile);
    await mkdir(files.dir, { recursive: true });
    if (rootFile !== files.root) await copyFile(rootFile, files.root);
    await rm(files.genesisBlock, { force: true });
    await writeCode(files.code(1), bundle, await packageChaincode(chaincode, version, code));
    channels.push({ name, version, sequence: 1, code });
  }
  const manifest: Manifest = { v: 2, apart, profile, channels };
  await writeJson(shared.manifest, manifest);
  return manifest;
}

/** Writes what the processes of a definition run, and the package that stands for it. */
export async function writeCode(
  files: CodeFiles,
  bundle: Uint8Array,
  { bytes }: ChaincodePackage,
): Promise<void> {
  await mkdir(files.dir, { recursive: true });
  await writeFile(files.bundle, bundle);
  await writeFile(files.package, bytes);
}

function rootOf(channel: string, { rootFile, rootFiles }: StartOptions): string | undefined {
  const file = rootFiles?.[channel] ?? rootFile;
  return file === undefined ? undefined : resolve(file);
}

async function rootDigests(names: readonly string[], options: StartOptions) {
  const digests: Record<string, string> = {};
  for (const name of names) {
    const file = rootOf(name, options);
    if (file === undefined) continue;
    digests[name] = sha256(await readNamed(file, 'the consortium root'));
  }
  return digests;
}

/** The profile with every member's ports. */
async function agreedProfile(options: StartOptions): Promise<Profile> {
  const profile = options.profile ?? (await loadProfile());
  const base = options.portBase ?? profile.portBase;
  return withPorts(profile, base === 0 ? await freeBase(profile) : base);
}

async function freeBase(profile: Profile): Promise<number> {
  if (profile.members.length === 0) {
    throw new NetworkError('PROFILE_INVALID', 'it names no member');
  }
  const hosts = [OPERATIONS_HOST, ...profile.members.map(({ host }) => host)];
  return pickFreeRange(hosts, portCount(profile));
}
