import type { Logger } from 'pino';
import type { AnnexVault } from '../vault/annex-vault.js';
import type { AnnexExchange } from './exchange.js';
import { gather } from './gather.js';

const MINUTE_MS = 60_000;

/** Fills the vault with what it lacks, every so often: at first with everything, then with what has come since. */
export class Gathering {
  readonly #work: () => Promise<void>;
  readonly #stopped = new AbortController();
  readonly #timer: NodeJS.Timeout | undefined;
  readonly #settled = new Set<string>();
  #underWay: Promise<void> | undefined;

  /** @param everyMinutes 0: never */
  constructor(
    vault: Pick<AnnexVault, 'findWhole'>,
    exchange: Pick<AnnexExchange, 'digests' | 'fetch' | 'isForeign'>,
    everyMinutes: number,
    logger: Logger,
  ) {
    this.#work = () => this.#run(vault, exchange, logger);
    if (everyMinutes === 0) return;
    this.#timer = setInterval(() => {
      this.#underWay ??= this.#work().finally(() => (this.#underWay = undefined));
    }, everyMinutes * MINUTE_MS);
    this.#timer.unref();
  }

  /** Stops, and what is under way with it. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopped.abort();
    await this.#underWay;
  }

  async #run(
    vault: Pick<AnnexVault, 'findWhole'>,
    exchange: Pick<AnnexExchange, 'digests' | 'fetch' | 'isForeign'>,
    logger: Logger,
  ): Promise<void> {
    const { signal } = this.#stopped;
    if (signal.aborted) return;
    try {
      const { fetched, lacking } = await gather(vault, exchange, {
        signal,
        settled: this.#settled,
      });
      if (lacking.length > 0) logger.warn({ fetched, lacking: lacking.length }, 'annexes lacking');
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error;
      if (!this.#stopped.signal.aborted) logger.error({ error: name }, 'annexes not gathered');
    }
  }
}
