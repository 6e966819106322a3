import type { Entity, EntityOf, Noun } from '../nouns/registry.js';

/** What there is where a record belongs. */
export class Things {
  readonly #all: readonly Entity[];

  constructor(all: readonly Entity[]) {
    this.#all = all;
  }

  /** Everything of one noun. */
  of<N extends Noun>(noun: N): readonly EntityOf<N>[] {
    return this.#all.filter(
      (each): each is Extract<Entity, { noun: N }> & EntityOf<N> => each.noun === noun,
    );
  }
}
