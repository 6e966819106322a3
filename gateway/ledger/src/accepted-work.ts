import { LedgerError } from './port.js';

/** The calls that a ledger has taken on: closing it takes no new ones and waits for these. */
export class AcceptedWork {
  readonly #accepted = new Set<Promise<unknown>>();
  #closed: Promise<void> | undefined;

  /**
   * Does one call's work, unless the ledger is closed.
   * @throws LedgerError the work's own, else `unavailable`
   */
  async do<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#closed !== undefined) throw new LedgerError('unavailable', 'the ledger is closed');
    const accepted = work();
    this.#accepted.add(accepted);
    try {
      return await accepted;
    } catch (cause) {
      if (cause instanceof LedgerError) throw cause;
      throw new LedgerError('unavailable', `the ledger failed: ${String(cause)}`, { cause });
    } finally {
      this.#accepted.delete(accepted);
    }
  }

  /** Finishes what was accepted, then lets go; a second call waits for the first. */
  close(letGo: () => void | Promise<void>): Promise<void> {
    this.#closed ??= Promise.allSettled(this.#accepted).then(letGo);
    return this.#closed;
  }
}
