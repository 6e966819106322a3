import { isOf, type Said } from './said.js';

export type Signature = Said<'quality:AnnulRecord'>;

/** A record that was entered in error, and the signature by which it was annulled. */
export interface Annulled {
  readonly said: Said;
  readonly last: Signature;
}

/** The records that were entered in error (G3), by their commands. */
export class Annulments {
  readonly #complete = new Map<string, Signature>();
  readonly #signatures = new Map<string, Signature[]>();

  take(said: Said): void {
    if (!isOf(said, 'quality:AnnulRecord')) return;
    const { command } = said.body;
    this.#signatures.set(command, [...(this.#signatures.get(command) ?? []), said]);
    const complete = (said.answer.changed ?? []).some((each) => !each.startsWith('annulment '));
    if (complete && !this.#complete.has(command)) this.#complete.set(command, said);
  }

  get size(): number {
    return this.#complete.size;
  }

  /** The signature by which a word was annulled; undefined for one that stands. */
  of({ answer }: Said): Signature | undefined {
    return this.#complete.get(answer.command ?? '');
  }

  /** Who signed that a record was a mistake, until a signature. */
  signatures({ body, index }: Signature): readonly Signature[] {
    return (this.#signatures.get(body.command) ?? []).filter((each) => each.index <= index);
  }
}
