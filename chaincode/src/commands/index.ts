import { type AnyCommandType, COMMANDS } from '@veinledger/domain';

/** Every type of command by its name. */
export const PLANS: ReadonlyMap<string, AnyCommandType> = new Map(
  COMMANDS.map((command) => [command.type, command]),
);

export { executeCommand } from './execute.js';
export type { Carriage, DeliveredAnnexes, Executed, Rulebook } from './execute.js';
export { StateReader } from '../state/reader.js';
export type { AnyCommandType } from '@veinledger/domain';
