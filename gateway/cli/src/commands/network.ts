import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NETWORK_COMMANDS, runNetworkCli } from '@veinledger/network/cli';
import { loadProfile, type Profile, profileFile } from '@veinledger/network/profile';
import { z } from 'zod';
import { defineCommand } from '../command.js';
import { wrongUsage } from '../complaint.js';
import { foundWhereMissing } from '../development/found-home.js';
import { homeAt } from '../development/home.js';

const DIRECTORY = '.veinledger';
const NETWORK = join(DIRECTORY, 'network');

/** The consortium roots that a first `up` needs: of development, where none is named and none is kept. */
async function rootsFor(args: readonly string[]): Promise<readonly string[]> {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    options: { home: { type: 'string' }, profile: { type: 'string' }, help: { type: 'boolean' } },
  });
  const { home = NETWORK, profile, help } = values;
  const given = ['root', 'from'].some((name) => name in values);
  if (positionals[0] !== 'up' || help === true || given || typeof home !== 'string') return [];
  if (existsSync(join(home, 'shared', 'network.json'))) return [];
  return foundChannels(home, await loadProfile(profileFile(String(profile ?? 'consortium'))));
}

/** Each channel has a consortium of its own; that of the default network is the one that `veinledger start` serves too. */
async function foundChannels(home: string, { channels, members }: Profile): Promise<string[]> {
  const roots: string[] = [];
  for (const channel of channels) {
    const own = home === NETWORK && channels.length === 1;
    const founded = homeAt(own ? DIRECTORY : join(home, 'development', channel.name));
    const taking = members.filter(({ id }) => channel.members?.includes(id) ?? true);
    if (await foundWhereMissing(founded, taking)) {
      const { rootFile, registrars } = founded;
      console.log(
        `founded a development consortium: ${rootFile}; registrars' keys in ${registrars}`,
      );
    }
    roots.push('--root', `${channel.name}=${founded.rootFile}`);
  }
  return roots;
}

/** What the completion knows of it; the words are read by the network's own program. */
export const network = defineCommand({
  arguments: [
    {
      name: 'command',
      summary: 'what is done with the network',
      values: NETWORK_COMMANDS,
      many: true,
    },
  ],
  options: [],
  input: z.unknown(),
  run: () => {
    throw wrongUsage('network', 'it as the first word: veinledger network COMMAND --help');
  },
});

/**
 * Runs a command of the network's own program.
 * @returns its exit code
 */
export async function runNetwork(
  words: readonly string[],
  out: (line: string) => void,
): Promise<number> {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => controller.abort(new Error(`interrupted by ${name}`)));
  }
  // what is wrong with the arguments is told by the command itself
  const roots = await rootsFor(words).catch((): readonly string[] => []);
  return runNetworkCli([...words, ...roots], out, controller.signal);
}
