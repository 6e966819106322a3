import type { CommandDecision } from '@veinledger/domain';
import { z } from 'zod';
import { commandTypes } from '../commands/command-types.js';
import type { LedgerEvent } from './ledger-event.js';

/** Which events somebody wants, of those that they may see; what is left out does not matter. */
export interface EventFilter {
  readonly types?: readonly string[] | undefined;
  readonly therapy?: string | undefined;
  readonly decision?: CommandDecision | undefined;
}

/** Whether the event is wanted. */
export function isWanted({ receipt }: LedgerEvent, filter: EventFilter): boolean {
  const { types, therapy, decision } = filter;
  if (types !== undefined && !types.includes(receipt.type)) return false;
  if (decision !== undefined && receipt.decision !== decision) return false;
  if (therapy === undefined) return true;
  return receipt.scope.kind === 'therapy' && receipt.scope.id === therapy;
}

/** The name of a type of command. */
export const typeName = z.enum(
  commandTypes().map(({ type }) => type),
  { error: 'a type of command, such as custody:ReleaseItem' },
);
