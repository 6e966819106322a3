import { resolve } from 'node:path';
import { assertNativeMlDsa } from '@veinledger/chaincode/crypto';
import { expectationOf, violationOf } from '@veinledger/domain';
import { z } from 'zod';
import type { CliCommand } from './command.js';
import type { CommandResult } from './command-result.js';
import { wrongUsage } from './complaint.js';
import { homeAt } from './development/home.js';
import { Session } from './session.js';

/** Where the command line writes. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

/** What was typed, as it was read. */
export interface Typed {
  /** what every command takes */
  readonly common: unknown;
  /** what this one takes, by argument and option */
  readonly given: unknown;
}

const common = z.looseObject({
  as: z.string().optional(),
  home: z.string().min(1, 'a folder'),
  gateway: z.url({ protocol: /^https?$/u, error: 'an http or https URL' }),
  json: z.boolean().default(false),
});

/**
 * Carries out one command and shows what it did.
 * @throws CliError, GatewayProblem and the like
 */
export async function carryOut(
  command: CliCommand,
  typed: Typed,
  {
    terminal,
    show,
  }: { readonly terminal: Terminal; readonly show: (result: CommandResult) => void },
): Promise<void> {
  const parsed = common.safeParse(typed.common, { error: expectationOf });
  if (!parsed.success) {
    const { place, expected, found } = violationOf(parsed.error, typed.common);
    throw wrongUsage(`--${place.join('.')}`, expected, found);
  }
  assertNativeMlDsa();
  const { as, home, gateway, json } = parsed.data;
  const session = new Session({
    home: homeAt(resolve(home)),
    gateway,
    as,
    note: json ? () => undefined : terminal.error,
    show,
  });
  show(await command.run(session, typed.given));
}
