import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NetworkError } from '../errors.js';
import type { StateSnapshot } from './snapshot.js';

/**
 * Leaves states for other members: below the folder one for the channel, in that one for each peer. What an
 * earlier comparison left of these peers there is replaced.
 * @returns the folders
 */
export async function keepStates(
  snapshots: readonly StateSnapshot[],
  folder: string,
  channel: string,
): Promise<string[]> {
  const kept: string[] = [];
  for (const { peer, directory } of snapshots) {
    const place = join(folder, channel, peer);
    await rm(place, { recursive: true, force: true });
    await cp(directory, place, { recursive: true });
    kept.push(place);
  }
  return kept;
}

/**
 * Finds the states of a channel that members left.
 * @param folders what each member handed over, or what several left in one place
 * @param peers the names of the channel's peers
 * @throws NetworkError FILE_MISSING when a folder has none of the channel; NETWORK_DIFFERS when they are not
 * states of two peers at least, each once
 */
export async function keptStates(
  folders: readonly string[],
  channel: string,
  peers: readonly string[],
): Promise<StateSnapshot[]> {
  const states = (await Promise.all(folders.map((folder) => statesIn(folder, channel)))).flat();
  const names = states.map(({ peer }) => peer).sort();
  const known = names.every((name) => peers.includes(name));
  if (known && names.length > 1 && new Set(names).size === names.length) return states;
  throw new NetworkError(
    'NETWORK_DIFFERS',
    `${folders.join(', ')}: expected states of at least two of ${peers.join(', ')}, each once, found ${names.join(', ') || 'none'}`,
  );
}

async function statesIn(folder: string, channel: string): Promise<StateSnapshot[]> {
  const place = join(folder, channel);
  try {
    const entries = await readdir(place, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => ({ peer: name, directory: join(place, name) }));
  } catch (cause) {
    const why = `${place} cannot be read, where states of ${channel} are expected`;
    throw new NetworkError('FILE_MISSING', why, { cause });
  }
}
