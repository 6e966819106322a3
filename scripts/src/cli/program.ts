import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectationOf, violationOf } from '@veinledger/domain';
import { Argument, Command, CommanderError, Option } from 'commander';
import { z } from 'zod';
import { homeAt } from '../development/home.js';
import { argumentLabel, type CliCommand, defineCommand, type Outcome } from './command.js';
import { COMMANDS } from './commands.js';
import { CliError, complaintOf, wrongUsage } from './complaint.js';
import { completionScript, SHELLS } from './completion.js';
import { EXIT, EXIT_CODES_HELP } from './exit-codes.js';
import { markHyphened, unmarked } from './hyphened.js';
import { Session } from './session.js';
import { wordOf } from './words.js';

/** Where the command line writes. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

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

const common = z.looseObject({
  as: z.string().optional(),
  home: z.string().min(1, 'a folder'),
  gateway: z.url({ protocol: /^https?$/u, error: 'an http or https URL' }),
  json: z.boolean().default(false),
});

const completion = defineCommand({
  name: 'completion',
  summary: 'a shell script that defines the command veinledger and completes it',
  arguments: [
    { name: 'shell', summary: 'for instance: eval "$(… completion bash)"', values: SHELLS },
  ],
  options: [],
  input: z.strictObject({ shell: wordOf(SHELLS) }),
  run: (_session, { shell }) => {
    // the Node that runs this, which may be another than the one of PATH
    const script = fileURLToPath(new URL('../veinledger.js', import.meta.url));
    const start = `'${process.execPath}' '${script}'`;
    const flags = [...COMMON.map(({ long }) => long ?? ''), '--help'];
    const commands = [...COMMANDS, completion];
    const text = completionScript(shell, { commands, common: flags, start });
    return Promise.resolve({ data: { script: text }, lines: [text] });
  },
});

/** Carries out one command line; gives the exit code. */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const json = words.includes('--json');
  let exitCode: number = EXIT.done;
  const program = programOf(terminal, (outcome) => {
    exitCode = outcome.exitCode ?? EXIT.done;
    if (json) terminal.out(JSON.stringify(outcome.data, undefined, 2));
    else outcome.lines.forEach(terminal.out);
  });
  try {
    await program.parseAsync(markHyphened(words), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && HELP_SHOWN.includes(error.code)) {
      return error.exitCode === 0 ? EXIT.done : EXIT.wrongUsage;
    }
    const complaint = complaintOf(error instanceof CommanderError ? usageOf(error) : error);
    if (json) terminal.error(JSON.stringify(complaint.json, undefined, 2));
    else complaint.lines.forEach(terminal.error);
    return complaint.exitCode;
  }
}

/** The codes by which commander says that it wrote the help. */
const HELP_SHOWN = ['commander.help', 'commander.helpDisplayed'];

function usageOf({ message }: CommanderError): CliError {
  const explanation = `${message.replace(/^error: /u, '')}; --help tells what there is`;
  return new CliError('WRONG_USAGE', explanation, {}, EXIT.wrongUsage);
}

function programOf(terminal: Terminal, done: (outcome: Outcome) => void): Command {
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
    .addHelpText('after', `\n${EXIT_CODES_HELP}`);
  for (const option of COMMON) program.addOption(option);
  for (const command of [...COMMANDS, completion]) {
    program.addCommand(subcommandOf(command, terminal, done).copyInheritedSettings(program));
  }
  return program;
}

function subcommandOf(
  spec: CliCommand,
  terminal: Terminal,
  done: (outcome: Outcome) => void,
): Command {
  const subcommand = new Command(spec.name).description(spec.summary);
  for (const { name, summary, optional, many, values = [] } of spec.arguments) {
    const word = `${argumentLabel(name)}${many ? '...' : ''}`;
    const known = values.length > 0 && values.length < 8 ? `: ${values.join(', ')}` : '';
    subcommand.addArgument(
      new Argument(optional ? `[${word}]` : `<${word}>`, `${summary}${known}`),
    );
  }
  for (const { name, value, summary, many } of spec.options) {
    const option = new Option(value === undefined ? `--${name}` : `--${name} <${value}>`, summary);
    if (many)
      option.argParser((word: string, before?: readonly string[]) => [...(before ?? []), word]);
    subcommand.addOption(option);
  }
  return subcommand.action(async () => {
    const { as, home, gateway, json } = commonOf(subcommand);
    const session = new Session({
      home: homeAt(resolve(home)),
      gateway,
      as,
      note: json ? () => undefined : terminal.error,
    });
    done(await spec.run(session, inputOf(spec, subcommand)));
  });
}

function commonOf(subcommand: Command): z.infer<typeof common> {
  const given = subcommand.optsWithGlobals();
  const parsed = common.safeParse(given, { error: expectationOf });
  if (parsed.success) return parsed.data;
  const { place, expected, found } = violationOf(parsed.error, given);
  throw wrongUsage(`--${place.join('.')}`, expected, found);
}

/** What was typed, by argument and option; what was not typed is left out. */
function inputOf(spec: CliCommand, subcommand: Command): Record<string, unknown> {
  const words = spec.arguments.map(({ name }, index): [string, unknown] => [
    name,
    subcommand.processedArgs[index],
  ]);
  const entries = [...words, ...Object.entries(subcommand.opts())];
  return Object.fromEntries(
    entries
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, unmarked(value)]),
  );
}
