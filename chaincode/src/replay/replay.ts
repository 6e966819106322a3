import { isJudged } from '@veinledger/domain';
import { PLANS } from '../commands/index.js';
import { type LedgerBlock, type LedgerTransaction, VALIDATION } from './block.js';
import { compareTexts } from './comparison.js';
import type { Difference, Finding } from './finding.js';
import { OrderCheck } from './order-check.js';
import { replayCommand, type ReplaySettings } from './replay-command.js';
import { ReplayState } from './replay-state.js';
import type { EndorsedOnly, ReplayReport, UncheckedCode } from './report.js';
import { isRecomputable, recomputeValidation } from './validation.js';

export interface ReplayOptions extends ReplaySettings {
  /** from block 0 on */
  readonly blocks: AsyncIterable<LedgerBlock>;
  /** reads a key of the ledger's present state; where it is given, every key is compared at the end */
  readonly state?: (key: string) => Promise<string | undefined>;
}

/**
 * Recomputes a ledger from its blocks alone, without its contracts: the validity of each transaction from its reads,
 * every decision and every state from the signed commands, and compares them with what the blocks say.
 *
 * After a difference it goes on with what the ledger recorded, its codes and its writes, so that each finding is
 * about a transaction of its own and not an echo of an earlier one.
 *
 * What blocks alone do not show is taken as the peers found it: endorsement policies, who issued a creator's
 * certificate, and that a transaction's time was near its endorsers' clocks. That the blocks themselves are the
 * chain that was ordered is the ledger's own verification.
 */
export async function replay(options: ReplayOptions): Promise<ReplayReport> {
  const run = new Replay(options);
  for await (const block of options.blocks) await run.block(block);
  if (options.state) await run.compareState(options.state);
  return run.report();
}

class Replay {
  readonly #settings: ReplaySettings;
  readonly #state = new ReplayState();
  readonly #order = new OrderCheck();
  readonly #findings: Finding[] = [];
  readonly #endorsedOnly: EndorsedOnly[] = [];
  readonly #uncheckedCodes: UncheckedCode[] = [];
  readonly #count = {
    blocks: 0,
    transactions: 0,
    commands: 0,
    repeated: 0,
    refused: 0,
    invalid: 0,
    unopened: 0,
  };

  constructor(settings: ReplaySettings) {
    this.#settings = settings;
  }

  async block(block: LedgerBlock): Promise<void> {
    this.#count.blocks += 1;
    this.#findings.push(...this.#order.block(block));
    for (const transaction of block.transactions) await this.#transaction(transaction);
  }

  /** Holds every key that the blocks wrote against the ledger's present state. */
  async compareState(read: (key: string) => Promise<string | undefined>): Promise<void> {
    for (const { key, value, version } of this.#state.entries()) {
      const found = (await read(key)) ?? 'no value';
      for (const difference of compareTexts('state', key, value, found)) {
        this.#findings.push({ ...difference, block: version?.block ?? 0 });
      }
    }
  }

  report(): ReplayReport {
    return {
      ...this.#count,
      findings: this.#findings,
      endorsedOnly: this.#endorsedOnly,
      uncheckedCodes: this.#uncheckedCodes,
      entries: this.#state.size,
      stateDigest: this.#state.digest(),
    };
  }

  async #transaction(transaction: LedgerTransaction): Promise<void> {
    this.#count.transactions += 1;
    this.#note(transaction, this.#order.transaction(transaction));
    this.#checkCode(transaction);
    if (transaction.validationCode !== VALIDATION.VALID) {
      this.#count.invalid += 1;
      return;
    }
    const plan = PLANS.get(transaction.function);
    if (plan) {
      const replayed = await replayCommand(plan, transaction, this.#state, this.#settings);
      this.#note(transaction, replayed.differences);
      this.#countCommand(transaction, replayed);
    } else {
      this.#note(transaction, rawWrites(transaction));
    }
    const { block, index } = transaction;
    this.#state.apply(transaction.writes, { block, transaction: index });
  }

  #checkCode(transaction: LedgerTransaction): void {
    const { block, transactionId, validationCode } = transaction;
    const expected = isRecomputable(validationCode)
      ? recomputeValidation(transaction, this.#state)
      : undefined;
    if (expected === undefined) {
      this.#uncheckedCodes.push({ block, transactionId, validationCode });
      return;
    }
    const [ours, theirs] = [nameOfCode(expected), nameOfCode(validationCode)];
    this.#note(transaction, compareTexts('validation-code', 'validationCode', ours, theirs));
  }

  #countCommand(
    { block, transactionId, function: type }: LedgerTransaction,
    { receipt, repeated, unopened }: Awaited<ReturnType<typeof replayCommand>>,
  ): void {
    if (!receipt) return;
    if (repeated) {
      this.#count.repeated += 1;
      return;
    }
    this.#count.commands += 1;
    if (receipt.decision === 'refused') this.#count.refused += 1;
    if (!unopened) return;
    this.#count.unopened += 1;
    if (!isJudged(receipt.annex)) return;
    const { commandId, verdicts } = receipt;
    this.#endorsedOnly.push({ block, transactionId, commandId, type, verdicts });
  }

  #note({ block, transactionId }: LedgerTransaction, differences: readonly Difference[]): void {
    for (const difference of differences) {
      this.#findings.push({ ...difference, block, transactionId });
    }
  }
}

function rawWrites({ function: name, writes }: LedgerTransaction): readonly Difference[] {
  return writes.map(({ key }) => ({
    kind: 'raw-write',
    subject: key,
    expected: 'writes by commands only',
    found: `a write by ${name}`,
  }));
}

function nameOfCode(code: number): string {
  const named = Object.entries(VALIDATION).find(([, value]) => value === code);
  return named ? named[0] : String(code);
}
