import type { Logger } from 'pino';
import type { GatewayConfig } from './config/config.js';
import type { IdempotencyService } from './idempotency/idempotency-service.js';
import type { SubmissionJournal } from './journal/journal.js';
import { settleJournal } from './journal/settle.js';
import { type Ledger, LedgerError, type SubmitterIdentity } from '@veinledger/ledger';
import { readContractMessage } from './problems/contract-message.js';
import type { AnnexVault } from './vault/annex-vault.js';
import { sweepOrphans } from './vault/sweep.js';

const MINUTE_MS = 60_000;
const PERIOD_MS = 10 * MINUTE_MS;

export interface UpkeepParts {
  readonly config: Pick<GatewayConfig, 'orphanGraceMinutes'>;
  readonly ledger: Pick<Ledger, 'evaluate' | 'status'>;
  readonly reader: () => SubmitterIdentity;
  readonly vault: AnnexVault;
  readonly journal: SubmissionJournal;
  readonly idempotency: Pick<IdempotencyService, 'sweep'>;
  readonly logger: Logger;
}

/** Settles the journal, sweeps the vault and forgets old answers, at the start and every ten minutes. */
export class Upkeep {
  readonly #parts: UpkeepParts;
  #timer: NodeJS.Timeout | undefined;
  #underway: Promise<void> = Promise.resolve();

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#underway = this.#run();
    this.#timer = setInterval(() => {
      this.#underway = this.#underway.then(() => this.#run());
    }, PERIOD_MS);
    this.#timer.unref();
  }

  /** Stops, after what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#underway;
  }

  async #run(): Promise<void> {
    const { config, ledger, vault, journal, idempotency, logger } = this.#parts;
    try {
      await idempotency.sweep();
      const unknown = await settleJournal(journal, ledger);
      const before = Date.now() - config.orphanGraceMinutes * MINUTE_MS;
      const swept = await sweepOrphans(vault, (id) => this.#isCommitted(id), before);
      if (unknown > 0 || swept.length > 0) logger.warn({ unknown, swept: swept.length }, 'upkeep');
    } catch (error) {
      logger.error({ error: error instanceof Error ? error.name : typeof error }, 'upkeep failed');
    }
  }

  /** A member who may not read a command is told so: it is there. */
  async #isCommitted(commandId: string): Promise<boolean> {
    const { ledger, reader } = this.#parts;
    const reading = { function: 'audit:ReadCommand', args: [commandId], submitter: reader() };
    try {
      await ledger.evaluate(reading);
      return true;
    } catch (error) {
      const code = error instanceof LedgerError && readContractMessage(error.message)?.code;
      if (code === 'NOT_FOUND') return false;
      if (code === 'NOT_ENTITLED') return true;
      throw error;
    }
  }
}
