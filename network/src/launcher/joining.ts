import { cp, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { requireFabricCa, type Fabric } from '../binaries/index.js';
import { NetworkError } from '../errors.js';
import { HomeFiles, SharedFiles } from '../plan/index.js';
import { parseProfile, PORTS_PER_MEMBER, type Member, type Profile } from '../profile/index.js';
import { prepareApart } from './apart.js';
import { writeJson } from './json.js';
import { withLock } from './lock.js';
import { readManifestFile, requireManifest, type Manifest } from './manifest.js';

/**
 * Writes what a new member of a running network needs: what all members have, with its own entry.
 * @param channels that it takes part in; all when left out
 * @param to a folder that does not exist yet
 * @throws NetworkError PROFILE_INVALID, FILE_MISSING
 */
export async function inviteMember(
  homeDir: string,
  member: Member,
  to: string,
  channels?: readonly string[],
): Promise<void> {
  const home = resolve(homeDir);
  await withLock(home, async () => {
    const manifest = await requireManifest(home);
    const invited = withMember(manifest, member, channels);
    const { shared } = new HomeFiles(home);
    await cp(shared.dir, resolve(to), { recursive: true, errorOnExist: true, force: false });
    await writeJson(join(resolve(to), 'network.json'), invited);
  });
}

/**
 * Makes the keys of an invited member in a home of its own.
 * @returns the folder of its public half, which it hands to the members, who admit it
 * @throws NetworkError FILE_MISSING, FABRIC_NOT_FOUND, COMMAND_FAILED
 */
export async function joinNetwork(
  homeDir: string,
  invitation: string,
  options: { readonly fabricCa?: Fabric; readonly log?: (line: string) => void } = {},
): Promise<string> {
  const { log = () => undefined } = options;
  const from = resolve(invitation);
  const fabricCa = options.fabricCa ?? (await requireFabricCa({ log }));
  return prepareApart({ home: homeDir, member: await invitedIn(from), from, fabricCa, log });
}

/** The one member of an invitation that has handed nothing over yet. */
async function invitedIn(invitation: string): Promise<string> {
  const manifest = await readManifestFile(new SharedFiles(invitation).manifest);
  if (manifest === undefined)
    throw new NetworkError('FILE_MISSING', `${invitation} is no invitation`);
  const halves = await readdir(join(invitation, 'members'));
  const [invited] = manifest.profile.members.filter(({ id }) => !halves.includes(id));
  if (invited !== undefined) return invited.id;
  throw new NetworkError('FILE_MISSING', `${invitation}: expected a member who is new, found none`);
}

/** A network with one member more, whose peer endorses when a definition of the chaincode says so. */
export function withMember(
  manifest: Manifest,
  entry: Member,
  channels: readonly string[] = manifest.profile.channels.map(({ name }) => name),
): Manifest {
  const { profile } = manifest;
  if (entry.orderer) {
    const why = `${entry.id}: expected no ordering node of a member who joins a running network`;
    throw new NetworkError('PROFILE_INVALID', why);
  }
  if (profile.members.some(({ id }) => id === entry.id)) return { ...manifest, apart: true };
  const bases = profile.members.map(({ portBase = profile.portBase }) => portBase);
  const portBase = entry.portBase ?? Math.max(...bases) + PORTS_PER_MEMBER;
  const joined: Profile = {
    ...profile,
    members: [...profile.members, { ...entry, portBase }],
    channels: profile.channels.map((channel) => {
      if (!channels.includes(channel.name)) {
        return { ...channel, members: channel.members ?? profile.members.map(({ id }) => id) };
      }
      const members = channel.members ?? profile.members.map(({ id }) => id);
      const peers = profile.members.filter(({ id, peer }) => peer && members.includes(id));
      const endorsers = channel.endorsers ?? peers.map(({ id }) => id);
      return { ...channel, members: [...members, entry.id], endorsers };
    }),
  };
  return { ...manifest, apart: true, profile: parseProfile(joined, entry.id) };
}
