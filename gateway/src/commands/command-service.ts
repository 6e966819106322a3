import { type CommandRecord, utf8, withoutKept } from '@veinledger/domain';
import type { Caller } from '../auth/caller.js';
import type { SubmitterWallet } from '../identities/wallet.js';
import type { SubmissionJournal } from '../journal/journal.js';
import {
  type Commit,
  type Invocation,
  type Ledger,
  LedgerError,
  type SubmitterIdentity,
} from '@veinledger/ledger';
import type { Receipt } from '../openapi/schemas/record.js';
import type { AnnexVault } from '../vault/annex-vault.js';
import { gatherAnnexes } from './annexes.js';
import { blockOf } from './block-of.js';
import { type EndorserSearch, endorsersOf } from './endorsers.js';
import { requireKnownArm } from './known-arm.js';
import type { Pin } from './pin.js';
import { readCommand, type ReadCommand, readWithdrawal } from './read-command.js';
import { signatureRefused } from './signature-refused.js';

/** A signed command with its annexes, as it comes over HTTP. */
export interface CommandEnvelope {
  readonly jws: string;
  /** texts by the annex's name */
  readonly annexes?: Readonly<Record<string, string>> | undefined;
}

/** A committed command's receipt, and whether it had been committed before. */
export interface Committed {
  readonly receipt: Receipt;
  readonly repeated: boolean;
}

export interface CommandServiceParts {
  readonly ledger: Ledger;
  /** network id of the consortium root */
  readonly network: string;
  readonly wallet: SubmitterWallet;
  readonly vault: AnnexVault;
  readonly journal: SubmissionJournal;
  /** left out on a ledger where one peer endorses */
  readonly endorsers?: EndorserSearch | undefined;
}

/** Where signed commands are handed in: reads them, keeps their annexes, and carries them to the ledger. */
export class CommandService {
  readonly #parts: CommandServiceParts;

  constructor(parts: CommandServiceParts) {
    this.#parts = parts;
  }

  /**
   * Submits a command and waits for its commit. Annexes are on disk before it is sent, and so is the transaction's id.
   * @throws VeinledgerError, ProblemError and LedgerError, by which nothing was written, or it is not known
   */
  async submit(caller: Caller, sent: CommandEnvelope, pin?: Pin): Promise<Committed> {
    const { wallet, vault, network, endorsers: search } = this.#parts;
    const command = readCommand(sent.jws, network, caller, pin);
    const earlier = await this.#findEarlier(command.id, sent.jws);
    if (earlier) return earlier;
    const annexes = await gatherAnnexes(command, sent.annexes ?? {}, vault);
    const told = withoutKept(command.type.annexes, annexes);
    const submitter = wallet.forCommand(caller, command.type.roles);
    await requireKnownArm(command, annexes, (name, ...args) => this.#read(submitter, name, args));
    const endorsers =
      search && told.size > 0 ? await endorsersOf(search, command, submitter) : undefined;
    await this.#keep(command, annexes, caller.organisation);
    const committed = await this.#carry(command.id, {
      function: command.type.type,
      args: [sent.jws],
      submitter,
      transient: Object.fromEntries([...told].map(([name, text]) => [name, utf8(text)])),
      ...(endorsers === undefined ? {} : { endorsers }),
    });
    for (const digest of Object.values(command.envelope.annex ?? {})) await vault.confirm(digest);
    return committed;
  }

  /**
   * Submits a patient's refusal or withdrawal for whoever hands it in: by which key it is signed is the ledger's to judge,
   * and a wrong signature writes nothing.
   * @throws VeinledgerError, ProblemError and LedgerError, as {@link submit}
   */
  async submitWithdrawal({ jws }: Pick<CommandEnvelope, 'jws'>): Promise<Committed> {
    const { wallet, network } = this.#parts;
    const { id, type } = readWithdrawal(jws, network);
    const earlier = await this.#findEarlier(id, jws);
    if (earlier) return earlier;
    const submitter = wallet.forPatients();
    try {
      return await this.#carry(id, { function: type.type, args: [jws], submitter, transient: {} });
    } catch (error) {
      throw signatureRefused(error) ?? error;
    }
  }

  /**
   * An earlier try of the same command of which this gateway had not heard: it is looked up before it is sent again.
   * No contract sees the command then, and so only the very text that contracts accepted is answered here; other
   * signatures over the same payload are the contract's to verify.
   */
  async #findEarlier(commandId: string, jws: string): Promise<Committed | undefined> {
    const { journal, ledger } = this.#parts;
    for (const { transactionId } of journal.unsettled(commandId)) {
      const transaction = await ledger.transaction(transactionId);
      if (transaction === undefined) continue;
      journal.settled(transactionId);
      // what the journal says of a transaction is no more than a hint where to look
      if (transaction.validationCode !== 0 || transaction.args[0] !== jws) continue;
      return { receipt: await this.#receipt(transaction.response, transaction), repeated: true };
    }
    return undefined;
  }

  async #read(
    submitter: SubmitterIdentity,
    name: string,
    args: readonly string[],
  ): Promise<object> {
    const text = await this.#parts.ledger.evaluate({ function: name, args, submitter });
    return JSON.parse(text) as object;
  }

  async #keep(
    { id, envelope, coi }: ReadCommand,
    annexes: ReadonlyMap<string, string>,
    organisation: string,
  ): Promise<void> {
    for (const [name, digest] of Object.entries(envelope.annex ?? {})) {
      const text = annexes.get(name);
      if (text === undefined) continue;
      await this.#parts.vault.put(digest, text, { commandId: id, organisation, coi });
    }
  }

  async #carry(commandId: string, invocation: Invocation): Promise<Committed> {
    const { ledger, journal } = this.#parts;
    const sent: string[] = [];
    try {
      const { transactionId, block, result } = await ledger.submit(invocation, {
        onPrepared: async (id) => {
          await journal.prepared(id, commandId);
          sent.push(id);
        },
      });
      for (const id of sent) journal.settled(id);
      const receipt = await this.#receipt(result, { transactionId, block });
      return { receipt, repeated: receipt.transactionId !== transactionId };
    } catch (error) {
      if (error instanceof LedgerError && error.kind !== 'unknown-outcome') {
        for (const id of sent) journal.settled(id);
      }
      throw error;
    }
  }

  /** What a transaction answered, with the block of the command's first transaction, which may be another one. */
  async #receipt(
    answer: string,
    { transactionId, block }: Pick<Commit, 'transactionId' | 'block'>,
  ): Promise<Receipt> {
    const record = JSON.parse(answer) as CommandRecord;
    if (record.transactionId === transactionId) return { ...record, block };
    return { ...record, block: await blockOf(this.#parts.ledger, record.transactionId) };
  }
}
