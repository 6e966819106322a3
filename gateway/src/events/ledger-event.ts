import { type Sight, tell } from '@veinledger/domain';
import type { LedgerBlock, LedgerTransaction } from '@veinledger/chaincode/replay';
import { VALIDATION } from '@veinledger/chaincode/replay';
import { commandType } from '../commands/command-types.js';
import { commandRecord, type Receipt } from '../openapi/schemas/record.js';
import { eventId, type EventPosition } from './event-position.js';

/** A command that was committed: its receipt, and where it stands. */
export interface LedgerEvent {
  readonly id: string;
  readonly position: EventPosition;
  readonly receipt: Receipt;
  /** the receipt as JSON */
  readonly json: string;
}

/** The events of one block. */
export interface EventBlock {
  readonly number: number;
  /** where the block ends, whoever may see its events */
  readonly end: EventPosition;
  readonly events: readonly LedgerEvent[];
}

/** The commands that a block committed; a repeated command is no event, its first transaction was one. */
export function eventsOf({ number, transactions }: LedgerBlock): EventBlock {
  const events = transactions.map(eventOf).filter((event) => event !== undefined);
  const end = { block: number, index: transactions.at(-1)?.index ?? 0 };
  return { number, end, events };
}

/** The event as somebody is told of it; undefined where they are told nothing. */
export function toldEvent(event: LedgerEvent, sight: Sight): LedgerEvent | undefined {
  const receipt = tell(event.receipt, sight);
  if (receipt === undefined || receipt === event.receipt) return receipt && event;
  return { ...event, receipt, json: JSON.stringify(receipt) };
}

function eventOf(transaction: LedgerTransaction): LedgerEvent | undefined {
  const { block, index, validationCode, transactionId, response } = transaction;
  if (validationCode !== VALIDATION.VALID || !commandType(transaction.function)) return undefined;
  const record = commandRecord.safeParse(jsonOf(response)).data;
  if (record?.transactionId !== transactionId) return undefined;
  const position = { block, index };
  const receipt: Receipt = { ...record, block };
  return { id: eventId(position), position, receipt, json: JSON.stringify(receipt) };
}

/** Whoever endorses may answer anything; what is no receipt is no event. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
