import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadProfile, type Profile, profileFile } from '@veinledger/network/profile';
import { foundWhereMissing } from './found-home.js';
import { homeAt } from './home.js';

const DIRECTORY = '.veinledger';
const NETWORK = join(DIRECTORY, 'network');

/**
 * The options that name consortium roots to a first `up`: of development, where none is named and none is kept.
 * @param words what was typed after `network`, not yet checked
 * @throws Error for a profile that cannot be read
 */
export async function rootsForUp(
  words: readonly string[],
  out: (line: string) => void,
): Promise<readonly string[]> {
  const { values } = parseArgs({
    args: [...words],
    strict: false,
    options: {
      home: { type: 'string' },
      profile: { type: 'string' },
      member: { type: 'string', multiple: true },
    },
  });
  const { home = NETWORK, profile: name = 'consortium', member: named = [] } = values;
  if ('root' in values || 'from' in values || typeof home !== 'string') return [];
  if (existsSync(join(home, 'shared', 'network.json'))) return [];
  const profile = await loadProfile(profileFile(String(name)));
  // nothing is founded for somebody whom the command does not take
  const isMember = (each: string | boolean) => profile.members.some(({ id }) => id === each);
  return named.every(isMember) ? foundChannels(home, profile, out) : [];
}

/** Each channel has a consortium of its own; that of the default network is the one that `veinledger start` serves too. */
async function foundChannels(
  home: string,
  { channels, members }: Profile,
  out: (line: string) => void,
): Promise<string[]> {
  const roots: string[] = [];
  for (const channel of channels) {
    const own = home === NETWORK && channels.length === 1;
    const founded = homeAt(own ? DIRECTORY : join(home, 'development', channel.name));
    const taking = members.filter(({ id }) => channel.members?.includes(id) ?? true);
    if (await foundWhereMissing(founded, taking)) {
      const { rootFile, registrars } = founded;
      out(`founded a development consortium: ${rootFile}; registrars' keys in ${registrars}`);
    }
    roots.push('--root', `${channel.name}=${founded.rootFile}`);
  }
  return roots;
}
