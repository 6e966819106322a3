import { runNetworkCli } from '@veinledger/network/cli';

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
  return runNetworkCli([...words, ...(await rootsFor(words, out))], out, controller.signal);
}

/** The consortium roots that a first `up` needs, where none is named. */
async function rootsFor(
  words: readonly string[],
  out: (line: string) => void,
): Promise<readonly string[]> {
  if (words[0] !== 'up' || words.includes('--help') || words.includes('-h')) return [];
  const { rootsForUp } = await import('../development/network-roots.js');
  // what is wrong with the arguments is told by the command itself
  return rootsForUp(words, out).catch(() => []);
}
