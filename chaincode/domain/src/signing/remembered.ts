/** Longer texts are read each time: strangers choose them, and what is kept for them has a bound. */
const LONGEST = 4096;

/**
 * What reading a text gave, by that exact text and nothing else: whoever needs more than one text reads each by
 * itself, since texts that are joined into one name may be those of another list. The least recently used leaves when
 * the memory is full; what could not be read is not remembered.
 */
export class Remembered<T> {
  readonly #capacity: number;
  readonly #known = new Map<string, { readonly content: T }>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#known.size;
  }

  /** What the text says; `read` is the same function of the text each time. */
  of(text: string, read: (text: string) => T): T {
    const known = this.#known.get(text) ?? { content: read(text) };
    if (text.length > LONGEST) return known.content;
    this.#known.delete(text);
    this.#known.set(text, known);
    const oldest = this.#known.keys().next();
    if (this.#known.size > this.#capacity && oldest.done !== true) this.#known.delete(oldest.value);
    return known.content;
  }
}
