const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** A process that lived so long is not one that dies at every start. */
const STEADY_MS = 60_000;

/** How long to wait before a process that died is started again: not at all, then twice as long each time. */
export class BackOff {
  #next = 0;

  /**
   * @param livedMs how long the process lived
   * @returns how many milliseconds to wait
   */
  after(livedMs: number): number {
    const wait = livedMs >= STEADY_MS ? 0 : this.#next;
    this.#next = wait === 0 ? FIRST_MS : Math.min(2 * wait, LONGEST_MS);
    return wait;
  }
}
