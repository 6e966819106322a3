/** How many are woken before other work gets its turn. */
const AT_ONCE = 256;

/** Wakes everybody who waits, a few at a time, so that ten thousand do not keep the process from its other work. */
export class Notifier {
  #waiting = new Set<() => void>();

  /** Calls back once, when there is something next, unless the caller leaves before. */
  wait(wake: () => void): void {
    this.#waiting.add(wake);
  }

  leave(wake: () => void): void {
    this.#waiting.delete(wake);
  }

  notify(): void {
    const waiting = [...this.#waiting];
    this.#waiting = new Set();
    wakeFrom(waiting, 0);
  }
}

function wakeFrom(waiting: readonly (() => void)[], first: number): void {
  for (const wake of waiting.slice(first, first + AT_ONCE)) wake();
  const next = first + AT_ONCE;
  if (next < waiting.length) setImmediate(wakeFrom, waiting, next);
}
