import { isOf, type Said } from './said.js';

/** Whose lots are whose, word by word. */
export class Lots {
  readonly #owners = new Map<string, string>();

  /** Who registered a lot first; undefined for what nobody registered. */
  owner(lot: string): string | undefined {
    return this.#owners.get(lot);
  }

  take(said: Said): void {
    if (isOf(said, 'manufacturing:RegisterLot') && !this.#owners.has(said.body.lot)) {
      this.#owners.set(said.body.lot, said.organisation);
    }
  }
}
