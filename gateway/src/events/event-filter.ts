import type { OutcomeOfCommand } from '@veinledger/chaincode/domain';
import { VeinledgerError } from '@veinledger/chaincode/domain';
import { commandType } from '../commands/command-types.js';
import type { LedgerEvent } from './ledger-event.js';

/** Which events somebody wants, of those that they may see; what is left out does not matter. */
export interface EventFilter {
  readonly types?: readonly string[] | undefined;
  readonly therapy?: string | undefined;
  readonly outcome?: OutcomeOfCommand | undefined;
}

/** Whether the event is wanted. */
export function isWanted({ receipt }: LedgerEvent, filter: EventFilter): boolean {
  const { types, therapy, outcome } = filter;
  if (types !== undefined && !types.includes(receipt.type)) return false;
  if (outcome !== undefined && receipt.outcome !== outcome) return false;
  if (therapy === undefined) return true;
  return receipt.scope.kind === 'therapy' && receipt.scope.id === therapy;
}

/**
 * Refuses names that no type of command has.
 * @throws VeinledgerError UNKNOWN_TYPE
 */
export function requireTypes(types: readonly string[] | undefined, field: string): void {
  const unknown = types?.find((type) => !commandType(type));
  if (unknown === undefined) return;
  throw new VeinledgerError('UNKNOWN_TYPE', 'no such type of command', {
    field,
    expected: 'types of command, such as custody:ReleaseItem',
    found: unknown,
  });
}
