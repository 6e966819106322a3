import { createHash } from 'node:crypto';
import { cp, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { requireFabric, requireFabricCa, type Fabric } from '../binaries/index.js';
import { NetworkError } from '../errors.js';
import { HomeFiles, PublicFiles, SharedFiles } from '../plan/index.js';
import { assembleChannels } from './assemble.js';
import { foundApart } from './found.js';
import { memberOf } from './here.js';
import { withLock } from './lock.js';
import { planOf, readManifest, readManifestFile, requireManifest } from './manifest.js';
import { handOver, prepareMember } from './member.js';
import type { StartOptions } from './options.js';
import { acceptHalf, ownerOfHalf } from './public-half.js';

/**
 * Founds a network whose members each have a machine of their own.
 * @returns the folder that the founder hands to every member
 * @throws NetworkError NETWORK_DIFFERS, FILE_MISSING, PORT_TAKEN
 */
export async function foundForOthers(options: StartOptions): Promise<string> {
  const home = resolve(options.home);
  await withLock(home, () => foundApart(home, options));
  return new HomeFiles(home).shared.dir;
}

/** Where a member acts, and what it was handed. */
export interface MemberStep {
  readonly home: string;
  readonly member: string;
  /** the folder that the founder handed over; what lies in the home already when left out */
  readonly from?: string | undefined;
  readonly fabricCa?: Fabric;
  readonly log?: (line: string) => void;
}

/**
 * Makes a member's keys in its own home.
 * @returns the folder of its public half, which it hands to the founder
 * @throws NetworkError FILE_MISSING, NODE_UNKNOWN, FABRIC_NOT_FOUND, COMMAND_FAILED
 */
export async function prepareApart(step: MemberStep): Promise<string> {
  const { member: id, from, log = () => undefined } = step;
  const home = resolve(step.home);
  return withLock(home, async () => {
    const { shared } = new HomeFiles(home);
    if (from !== undefined) await takeShared(home, from);
    const plan = planOf(await requireManifest(home), home);
    const member = memberOf(plan, id);
    await prepareMember(member, step.fabricCa ?? (await requireFabricCa({ log })));
    if (existsSync(shared.dir)) await handOver(member);
    return member.files.public.dir;
  });
}

/**
 * Puts what was handed over in place of what all members had before.
 * @throws NetworkError NETWORK_DIFFERS when a channel of this home has been upgraded since; FILE_MISSING
 */
export async function takeShared(home: string, from: string): Promise<void> {
  const { shared } = new HomeFiles(home);
  const given = resolve(from);
  if (given === shared.dir) return;
  await requireNotBehind(home, new SharedFiles(given));
  const coming = `${shared.dir}.new`;
  await rm(coming, { recursive: true, force: true });
  await cp(given, coming, { recursive: true });
  await rm(shared.dir, { recursive: true, force: true });
  await cp(coming, shared.dir, { recursive: true });
  await rm(coming, { recursive: true, force: true });
}

/** The code that a home was upgraded to lies in its own folder alone, and its old process has ended. */
async function requireNotBehind(home: string, given: SharedFiles): Promise<void> {
  const made = await readManifest(home);
  const handedOver = await readManifestFile(given.manifest);
  if (handedOver === undefined) {
    throw new NetworkError('FILE_MISSING', `${given.manifest} is not there`);
  }
  for (const { name, sequence, next } of made?.channels ?? []) {
    const latest = next?.sequence ?? sequence;
    const found = handedOver.channels.find((each) => each.name === name);
    const theirs = found?.next?.sequence ?? found?.sequence ?? latest;
    if (theirs >= latest) continue;
    throw new NetworkError(
      'NETWORK_DIFFERS',
      `${given.dir}: expected ${name} at sequence ${latest} as in ${home}, found ${theirs}; what was handed over is older`,
    );
  }
}

/** Takes the public half of a member in, at the founder. */
export async function acceptMember(homeDir: string, dir: string): Promise<string> {
  const home = resolve(homeDir);
  return withLock(home, async () => {
    const plan = planOf(await requireManifest(home), home);
    const { id } = await ownerOfHalf(new PublicFiles(resolve(dir)));
    const { member, shared } = memberOf(plan, id);
    await acceptHalf(resolve(dir), member, shared);
    return id;
  });
}

/**
 * Makes the first block of each channel of what the members handed over.
 * @returns a digest of each, which the members compare
 * @throws NetworkError FILE_MISSING naming who has not handed over, FABRIC_NOT_FOUND, COMMAND_FAILED
 */
export async function assemble(
  homeDir: string,
  options: { readonly fabric?: Fabric; readonly log?: (line: string) => void } = {},
): Promise<Readonly<Record<string, string>>> {
  const home = resolve(homeDir);
  const { log = () => undefined } = options;
  return withLock(home, async () => {
    const manifest = await requireManifest(home);
    if (!manifest.apart) {
      throw new NetworkError('NETWORK_DIFFERS', `${home}: 'up' makes all of this network at once`);
    }
    const plan = planOf(manifest, home);
    await assembleChannels(plan, options.fabric ?? (await requireFabric({ log })));
    const digests: Record<string, string> = {};
    for (const { name, files } of plan.channels) {
      const block = await readFile(files.genesisBlock);
      digests[name] = createHash('sha256').update(block).digest('hex');
    }
    return digests;
  });
}
