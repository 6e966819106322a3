/** How long an organisation that did not endorse, or endorsed something else, is asked last, milliseconds. */
const UNANSWERED = 5_000;
const ODD = 60_000;

/** Which organisations have lately not endorsed, or not what others did. */
export class Standing {
  readonly #troubles = new Map<string, { readonly times: number; readonly until: number }>();

  /** Takes note that no peer of these organisations answered. */
  unanswered(mspIds: readonly string[]): void {
    this.#mark(mspIds, UNANSWERED);
  }

  /** Takes note that these organisations endorsed something else than others. */
  odd(mspIds: readonly string[]): void {
    this.#mark(mspIds, ODD);
  }

  /** Takes note that these organisations endorsed the same: nothing is held against them any more. */
  agreed(mspIds: readonly string[]): void {
    for (const mspId of mspIds) this.#troubles.delete(mspId);
  }

  /** How often there was something with an organisation lately. */
  troubleOf(mspId: string): number {
    const { times = 0, until = 0 } = this.#troubles.get(mspId) ?? {};
    return Date.now() < until ? times : 0;
  }

  #mark(mspIds: readonly string[], milliseconds: number): void {
    for (const mspId of mspIds) {
      const times = this.troubleOf(mspId) + 1;
      const before = this.#troubles.get(mspId)?.until ?? 0;
      this.#troubles.set(mspId, { times, until: Math.max(before, Date.now() + milliseconds) });
    }
  }
}

/** Which organisations are asked to endorse one invocation: one set after the other. */
export class EndorserSets {
  /** MSP ids of the organisations to choose from */
  readonly able: readonly string[];
  readonly #sets: readonly (readonly string[])[];
  #differed: readonly (readonly string[])[] = [];

  /**
   * @param able the organisations that may endorse, those to ask first in front
   * @param needed how many of them must
   */
  constructor(able: readonly string[], needed: number) {
    this.able = able;
    this.#sets = setsOf(able, Math.min(needed, able.length));
  }

  get size(): number {
    return this.#sets.length;
  }

  /** The set to ask: not one that differed while there is another, and of those the one with the least trouble. */
  choose(troubleOf: (mspId: string) => number): readonly string[] {
    const fresh = this.#sets.filter((set) => !this.#differed.includes(set));
    const trouble = (set: readonly string[]) =>
      set.reduce((sum, mspId) => sum + troubleOf(mspId), 0);
    const [first] = (fresh.length > 0 ? fresh : this.#sets).toSorted(
      (left, right) => trouble(left) - trouble(right),
    );
    return first ?? [];
  }

  /** Takes note that the members of a set endorsed different results. */
  differed(set: readonly string[]): void {
    this.#differed = [...this.#differed, set];
  }

  /** Those who differed and are not among those who agreed. */
  oddBeside(agreed: readonly string[]): readonly string[] {
    return [...new Set(this.#differed.flat())].filter((mspId) => !agreed.includes(mspId));
  }
}

/** Every choice of so many, in the order of what stands in front. */
function setsOf(able: readonly string[], size: number): readonly (readonly string[])[] {
  if (size === 0) return [[]];
  return able.flatMap((first, at) =>
    setsOf(able.slice(at + 1), size - 1).map((rest) => [first, ...rest]),
  );
}
