/** A relation between things: a set of pairs, and what follows from them. */
export class Relation {
  readonly #images = new Map<string, Set<string>>();

  add(from: string, to: string): void {
    const image = this.#images.get(from);
    if (image) image.add(to);
    else this.#images.set(from, new Set([to]));
  }

  /** What a thing is related to, in one step. */
  of(from: string): ReadonlySet<string> {
    return this.#images.get(from) ?? new Set();
  }

  *pairs(): IterableIterator<readonly [string, string]> {
    for (const [from, image] of this.#images) for (const to of image) yield [from, to];
  }

  /** What things are related to in one step or more: the least fixpoint, which a thing is in only if it comes back to itself. */
  closure(
    from: Iterable<string>,
    through: (thing: string) => boolean = () => true,
  ): ReadonlySet<string> {
    const found = new Set<string>();
    let frontier = [...from];
    while (frontier.length > 0) {
      const next: string[] = [];
      for (const thing of frontier) {
        for (const each of this.of(thing)) {
          if (found.has(each)) continue;
          found.add(each);
          if (through(each)) next.push(each);
        }
      }
      frontier = next;
    }
    return found;
  }
}
