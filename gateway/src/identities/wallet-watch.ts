import type { Logger } from 'pino';
import type { SubmitterWallet } from './wallet.js';

const PERIOD_MS = 10_000;

/** Takes up identities that were renewed on disk, and logs those that are about to end. */
export class WalletWatch {
  readonly #wallet: SubmitterWallet;
  readonly #logger: Logger;
  readonly #timer: NodeJS.Timeout;
  #warned = '';
  #underway: Promise<void>;

  constructor(wallet: SubmitterWallet, logger: Logger, periodMs = PERIOD_MS) {
    this.#wallet = wallet;
    this.#logger = logger;
    this.#underway = this.look();
    this.#timer = setInterval(() => {
      this.#underway = this.#underway.then(() => this.look());
    }, periodMs);
    this.#timer.unref();
  }

  /** Looks once; what does not fit is logged, and the identities of before stay in use. */
  async look(): Promise<void> {
    try {
      if (await this.#wallet.refresh()) this.#logger.info('identities were renewed');
    } catch (error) {
      const reason = error instanceof Error ? error.message : typeof error;
      this.#logger.error({ reason }, 'identities could not be renewed');
    }
    const expiring = this.#wallet.expiring();
    const warned = JSON.stringify(expiring);
    if (warned === this.#warned) return;
    this.#warned = warned;
    for (const identity of expiring) this.#logger.warn({ ...identity }, 'identity expires');
  }

  /** Stops, after what is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#underway;
  }
}
