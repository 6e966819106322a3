import { isOf, type Said } from './said.js';

/** Who registered a sequencing run first, and when. */
interface Registration {
  readonly organisation: string;
  /** its place in the history */
  readonly index: number;
}

/** Whose sequencing runs are whose, word by word. */
export class Runs {
  readonly #registrations = new Map<string, Registration>();

  /** Undefined for a run that nobody registered. */
  registration(run: string): Registration | undefined {
    return this.#registrations.get(run);
  }

  take(said: Said): void {
    if (!isOf(said, 'manufacturing:RegisterRun')) return;
    const { organisation, index, body } = said;
    if (!this.#registrations.has(body.run))
      this.#registrations.set(body.run, { organisation, index });
  }
}
