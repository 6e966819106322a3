import { expectedOf, identifierAt } from './application-identifiers.js';
import { notRead } from './not-read.js';

/** What a GS1 label says: values by application identifier, in the order in which they stood. */
export class Elements {
  readonly #values = new Map<string, string>();

  get(identifier: string): string | undefined {
    return this.#values.get(identifier);
  }

  entries(): readonly (readonly [string, string])[] {
    return [...this.#values];
  }

  /**
   * Adds one; said twice in the same words it stands once.
   * @param place where its value stands in the text, from 0
   * @throws VeinledgerError LABEL_NOT_READ for an unknown identifier, a value that does not fit it, or two values
   */
  add(identifier: string, value: string, place: number): this {
    const known = identifierAt(identifier);
    if (known?.identifier !== identifier) {
      throw notRead(place, 'an application identifier of GS1', identifier);
    }
    const expected = expectedOf(known.format, value);
    if (expected !== undefined) throw notRead(place, `${expected} for (${identifier})`, value);
    const before = this.#values.get(identifier);
    if (before !== undefined && before !== value) {
      throw notRead(place, `one value for (${identifier}): ${before}`, value);
    }
    this.#values.set(identifier, value);
    return this;
  }
}
