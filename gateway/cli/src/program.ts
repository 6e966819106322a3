import { Argument, Command, CommanderError, Option } from 'commander';
import type { Terminal, Typed } from './carry-out.js';
import { argumentLabel } from './argument-label.js';
import type { CliCommand } from './command.js';
import type { CommandResult } from './command-result.js';
import { COMMANDS, type ListedCommand } from './commands.js';
import { EXIT, EXIT_CODES_HELP } from './exit-codes.js';
import { markHyphened, unmarked } from './hyphened.js';

const COMMON = [
  new Option('--as <actor>', 'who acts; the keys are in the home'),
  new Option('--home <dir>', 'where consortium and keys are')
    .default('.veinledger')
    .env('VEINLEDGER_HOME'),
  new Option('--gateway <url>', 'the gateway')
    .default('http://127.0.0.1:8080')
    .env('VEINLEDGER_GATEWAY'),
  new Option('--json', 'for programs: JSON to standard output, problems as JSON to standard error'),
];

/** Each command that the help lists. The completion is made of the others. */
const LISTED: readonly ListedCommand[] = [
  ...COMMANDS,
  {
    name: 'completion',
    summary: 'a shell script that defines the command veinledger and completes it',
    load: async () => {
      const { completionOf } = await import('./commands/completion.js');
      return completionOf(LISTED, [...COMMON.map(({ long }) => long ?? ''), '--help']);
    },
  },
];

/** Carries out one command line; gives the exit code. */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const [first, ...rest] = words;
  const other = COMMANDS.find(({ name }) => name === first)?.handOver;
  if (other !== undefined) return other(rest, terminal.out);
  const json = words.includes('--json');
  let exitCode: number = EXIT.done;
  const show = (result: CommandResult) => {
    exitCode = result.exitCode ?? EXIT.done;
    if (json) terminal.out(JSON.stringify(result.data, undefined, 2));
    else result.lines.forEach(terminal.out);
  };
  try {
    await programOf(terminal, show).parseAsync(markHyphened(words), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && HELP_SHOWN.includes(error.code)) {
      return error.exitCode === 0 ? EXIT.done : EXIT.wrongUsage;
    }
    const { complaintOf, wrongWords } = await import('./complaint.js');
    const complaint = complaintOf(
      error instanceof CommanderError ? wrongWords(error.message) : error,
    );
    if (json) terminal.error(JSON.stringify(complaint.json, undefined, 2));
    else complaint.lines.forEach(terminal.error);
    return complaint.exitCode;
  }
}

/** The codes by which commander says that it wrote the help. */
const HELP_SHOWN = ['commander.help', 'commander.helpDisplayed'];

function programOf(terminal: Terminal, show: (result: CommandResult) => void): Command {
  const trimmed = (write: (line: string) => void) => (text: string) => write(text.trimEnd());
  const program = new Command('veinledger')
    .description(
      'For registrars, quality and auditors: signs commands with the keys in a home, and reads.',
    )
    .exitOverride()
    .configureOutput({
      outputError: () => undefined,
      writeOut: trimmed(terminal.out),
      writeErr: trimmed(terminal.error),
    })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', `\nCOMMAND --help tells what it takes.\n\n${EXIT_CODES_HELP}`);
  for (const option of COMMON) program.addOption(option);
  for (const { name, summary } of LISTED) {
    program.addCommand(new Command(name).description(summary).copyInheritedSettings(program));
  }
  return program.hook('preSubcommand', async (_, subcommand) => {
    const spec = await LISTED.find(({ name }) => name === subcommand.name())?.load();
    if (spec === undefined) return;
    specify(subcommand, spec);
    subcommand.action(async () => {
      const { carryOut } = await import('./carry-out.js');
      await carryOut(spec, wordsOf(spec, subcommand), { terminal, show });
    });
  });
}

/** Tells a command what it takes. */
function specify(subcommand: Command, spec: CliCommand): void {
  for (const { name, summary, optional, many, values = [] } of spec.arguments) {
    const word = `${argumentLabel(name)}${many ? '...' : ''}`;
    const known = values.length > 0 && values.length < 8 ? `: ${values.join(', ')}` : '';
    subcommand.addArgument(
      new Argument(optional ? `[${word}]` : `<${word}>`, `${summary}${known}`),
    );
  }
  for (const { name, short, value, summary, many } of spec.options) {
    const flags = short === undefined ? `--${name}` : `-${short}, --${name}`;
    const option = new Option(value === undefined ? flags : `${flags} <${value}>`, summary);
    if (many)
      option.argParser((word: string, before?: readonly string[]) => [...(before ?? []), word]);
    subcommand.addOption(option);
  }
}

/** What was typed: what every command takes, and by argument and option what this one does. */
function wordsOf(spec: CliCommand, subcommand: Command): Typed {
  const words = spec.arguments.map(({ name }, index): [string, unknown] => [
    name,
    subcommand.processedArgs[index],
  ]);
  const given = [...words, ...Object.entries(subcommand.opts())]
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, unmarked(value)]);
  return { common: subcommand.optsWithGlobals(), given: Object.fromEntries(given) };
}
