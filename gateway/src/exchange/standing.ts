import type { CommandRecord, Therapy } from '@veinledger/chaincode/domain';
import { type Ledger, LedgerError, type SubmitterIdentity } from '../ledger/port.js';

/** Who may have an annex, as the ledger tells this gateway's own member. */
export class Standing {
  readonly #ledger: Pick<Ledger, 'evaluate'>;
  readonly #reader: () => SubmitterIdentity;

  constructor(ledger: Pick<Ledger, 'evaluate'>, reader: () => SubmitterIdentity) {
    this.#ledger = ledger;
    this.#reader = reader;
  }

  /**
   * The members to whom an annex belongs by a command: the parties of its therapy, or the command's own organisation
   * where it stands outside any. Nobody where the command is not committed, commits to another annex, or is not told
   * to this gateway's member.
   * @throws LedgerError when the ledger cannot answer
   */
  async entitled(commandId: string, digest: string): Promise<readonly string[]> {
    const record = await this.#read<CommandRecord>('audit:ReadCommand', commandId);
    if (record === undefined || !Object.values(record.annex).includes(digest)) return [];
    const { scope, organisation } = record;
    if (scope.kind !== 'therapy') return [organisation];
    const therapy = await this.#read<Therapy>('therapy:Read', scope.id);
    return therapy?.parties ?? [organisation];
  }

  async #read<Answer>(transaction: string, id: string): Promise<Answer | undefined> {
    const submitter = this.#reader();
    try {
      const text = await this.#ledger.evaluate({ function: transaction, args: [id], submitter });
      return JSON.parse(text) as Answer;
    } catch (error) {
      if (error instanceof LedgerError && error.kind === 'contract') return undefined;
      throw error;
    }
  }
}
