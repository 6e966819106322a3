import { isOf, type Said } from './said.js';

/** Which natural person each actor is, as far as registrars said. */
export class People {
  readonly #persons = new Map<string, string>();

  take(said: Said): void {
    if (!isOf(said, 'registry:EnrolActor') || said.body.person === undefined) return;
    this.#persons.set(said.body.actor, said.body.person);
  }

  /** Whether two names are one actor's, or one natural person's (E1). */
  areOne(one: string, other: string): boolean {
    const person = this.#persons.get(one);
    return one === other || (person !== undefined && person === this.#persons.get(other));
  }
}
