import { COMMANDS, type CommandType } from '@veinledger/domain';
import type { z } from 'zod';

/** A type of command as the gateway needs it: what it carries, not how it is decided. */
export type KnownCommand = Pick<
  CommandType<never>,
  'type' | 'kind' | 'roles' | 'annexes' | 'signature' | 'byAnyKey'
> & {
  readonly body: z.ZodType;
};

const KNOWN: ReadonlyMap<string, KnownCommand> = new Map(COMMANDS.map((each) => [each.type, each]));

/** The type of command of that name, such as `custody:ReleaseItem`. */
export function commandType(name: string): KnownCommand | undefined {
  return KNOWN.get(name);
}

/** Every type of command. */
export function commandTypes(): readonly KnownCommand[] {
  return [...KNOWN.values()];
}
