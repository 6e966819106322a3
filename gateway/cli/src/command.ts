import { expectationOf, violationOf } from '@veinledger/domain';
import type { z } from 'zod';
import { argumentLabel, kebab } from './argument-label.js';
import { wrongUsage } from './complaint.js';
import type { CommandResult } from './command-result.js';
import type { Session } from './session.js';

/** A word that a command takes by its place. */
export interface ArgumentSpec {
  /** camel case: the member of the command's input */
  readonly name: string;
  readonly summary: string;
  readonly optional?: true;
  /** takes all that follow */
  readonly many?: true;
  readonly values?: readonly string[];
}

/** A word that a command takes by its name. */
export interface OptionSpec {
  /** without its dashes; in camel case the member of the command's input */
  readonly name: string;
  /** one letter that stands for it */
  readonly short?: string;
  /** what stands for the value in the help; left out for a switch */
  readonly value?: string;
  readonly summary: string;
  readonly many?: true;
  readonly values?: readonly string[];
}

/** What one command takes and does: its help, its completion and its dispatch are made of this. */
export interface CliCommand {
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /**
   * @param given what was typed, by argument and option
   * @throws CliError for what does not fit, before anything is done
   */
  run(session: Session, given: unknown): Promise<CommandResult>;
}

/** A command whose input is checked by a closed schema before it runs. */
export function defineCommand<Input>(
  spec: Omit<CliCommand, 'run'> & {
    readonly input: z.ZodType<Input>;
    readonly run: (session: Session, input: Input) => Promise<CommandResult>;
  },
): CliCommand {
  const { input, run, ...rest } = spec;
  return {
    ...rest,
    run: (session, given) => {
      const parsed = input.safeParse(given, { error: expectationOf });
      if (!parsed.success) throw complaint(spec, parsed.error, given);
      return run(session, parsed.data);
    },
  };
}

function complaint(
  spec: Pick<CliCommand, 'arguments' | 'options'>,
  error: z.ZodError,
  given: unknown,
): Error {
  const { place, expected } = violationOf(error, given);
  const [name = ''] = place;
  const isArgument = spec.arguments.some((each) => each.name === name);
  const found = new Map<string, unknown>(Object.entries(given ?? {})).get(name);
  const label = isArgument ? argumentLabel(name) : `--${kebab(name)}`;
  if (found === undefined) return wrongUsage(label, missing(spec, name));
  return wrongUsage(label, expected, typedAt(found, place[1]));
}

function missing(
  { arguments: words, options }: Pick<CliCommand, 'arguments' | 'options'>,
  name: string,
) {
  const option = options.find((each) => each.name === kebab(name));
  if (option) return `${option.value ?? ''}: ${option.summary}`;
  return words.find((each) => each.name === name)?.summary ?? 'a value';
}

/** What was typed there: of several words the one that does not fit. */
function typedAt(found: unknown, index: string | undefined): string {
  if (!Array.isArray(found)) return typeof found === 'string' ? found : JSON.stringify(found);
  const words = found.map(String);
  return words[Number(index)] ?? words.join(' ');
}
