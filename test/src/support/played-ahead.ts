/** What is played several at a time, and taken one by one: on a real network each of its commands waits for its block. */
export class PlayedAhead<T> {
  readonly #play: () => Promise<T>;
  readonly #together: number;
  #left: T[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  /** @param together how many are played when none is left */
  constructor(play: () => Promise<T>, together: number) {
    this.#play = play;
    this.#together = together;
  }

  /** The next one; none is still being played when it is given. */
  take(): Promise<T> {
    const taken = this.#turn.then(() => this.#next());
    this.#turn = taken.catch(() => undefined);
    return taken;
  }

  async #next(): Promise<T> {
    if (this.#left.length === 0) {
      this.#left = await Promise.all(Array.from({ length: this.#together }, () => this.#play()));
    }
    const [next, ...left] = this.#left;
    if (next === undefined) throw new Error(`expected 1 or more together, found ${this.#together}`);
    this.#left = left;
    return next;
  }
}
