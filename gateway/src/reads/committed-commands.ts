import { type CommandRecord, isOwnRecord, mayNameAnother, type Seen } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import { carries } from '../commands/carries.js';
import { type Ledger, LedgerError } from '@veinledger/ledger';
import type { Receipt } from '../openapi/schemas/record.js';
import type { CallerReader } from './caller-reader.js';

/** A receipt with the signed command itself, where that says nothing that its reader is not told. */
export interface CommittedCommand {
  readonly receipt: Receipt;
  readonly jws?: string;
}

/** Commands as they stand on the ledger: the record from its state, the signed text from its block. */
export class CommittedCommands {
  readonly #reader: CallerReader;
  readonly #ledger: Pick<Ledger, 'transaction'>;

  constructor(reader: CallerReader, ledger: Pick<Ledger, 'transaction'>) {
    this.#reader = reader;
    this.#ledger = ledger;
  }

  /**
   * @throws VeinledgerError NOT_ENTITLED for a patient whom the command does not concern, and for whom the patient is not
   *   known to
   * @throws LedgerError with NOT_FOUND for an unknown command, NOT_ENTITLED for who is no party; `damaged` where the
   *   ledger answers with something else than what was asked for
   */
  async find(caller: Caller, commandId: string): Promise<CommittedCommand> {
    const answer = await this.#reader.read(caller, 'audit:ReadCommand', commandId);
    const record = answer as CommandRecord;
    if (record.commandId !== commandId) throw damaged('record', commandId, record.commandId);
    const transaction = await this.#ledger.transaction(record.transactionId);
    const jws = transaction?.args[0];
    if (transaction === undefined || jws === undefined) {
      const { transactionId } = record;
      throw new LedgerError('unavailable', 'the block is not there yet', { transactionId });
    }
    if (transaction.transactionId !== record.transactionId) {
      throw damaged('transaction', record.transactionId, transaction.transactionId);
    }
    if (!carries(transaction, commandId)) {
      throw damaged('command', commandId, 'another signed command in its transaction');
    }
    const receipt = { ...record, block: transaction.block };
    return (await this.#mayHave(caller, record, jws)) ? { receipt, jws } : { receipt };
  }

  /** The signed text says all that its signer typed, and so it is told whole or not at all. */
  async #mayHave(caller: Caller, record: Seen<CommandRecord>, jws: string): Promise<boolean> {
    if (isOwnRecord(caller, record)) return true;
    if (record.withheld !== undefined) return false;
    return !mayNameAnother(record) || this.#reader.mayReadSigned(caller, jws);
  }
}

function damaged(what: string, expected: string, found: string): LedgerError {
  return new LedgerError('damaged', `${what}: expected ${expected}, found ${found}`);
}
