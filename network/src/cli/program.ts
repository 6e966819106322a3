import { COMMANDS } from './commands.js';
import { EXIT, EXIT_CODES, type CliContext, type ListedCommand } from './command.js';

/** The words that the command line knows, in the order of the help. */
export const NETWORK_COMMANDS: readonly string[] = COMMANDS.map(({ name }) => name);

/**
 * Runs the command line.
 * @returns the process's exit code
 */
export async function runNetworkCli(
  args: readonly string[],
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<number> {
  const [word, ...rest] = args;
  const command = COMMANDS.find(({ name }) => name === word);
  const wantsHelp = args.some((each) => each === '--help' || each === '-h');
  if (command !== undefined && wantsHelp) log(`${(await command.load()).usage}\n\n${EXIT_CODES}`);
  else if (command !== undefined) return runCommand(command, rest, { log, signal });
  else if (wantsHelp) log(usage());
  else {
    const names = COMMANDS.map(({ name }) => name).join(', ');
    log(`expected one of ${names}; found ${word ?? 'nothing'}\n\n${usage()}`);
    return EXIT.wrongUsage;
  }
  return EXIT.done;
}

async function runCommand(
  { name: word, load }: ListedCommand,
  args: readonly string[],
  context: CliContext,
): Promise<number> {
  const command = await load();
  try {
    return await command.run(args, context);
  } catch (error) {
    // by its name: the error of parseArgs may be of another realm than this code
    const { name, message } = error as Error;
    const isUsage = name === 'TypeError';
    context.log(isUsage ? `${word}: ${message}\n\n${command.usage}` : message);
    return isUsage ? EXIT.wrongUsage : EXIT.failed;
  }
}

function usage(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: veinledger network COMMAND [options]

${lines.join('\n')}

COMMAND --help tells its options. docs/network.md is the guide.

${EXIT_CODES}`;
}
