/** A rule that is broken on purpose, to see that the oracle's histories notice. */
export interface Mutant {
  /** names it among all: the sentence, and what of it is broken */
  readonly id: string;
  /** below the domain's compiled files */
  readonly file: string;
  /** stands there once */
  readonly find: string;
  readonly replace: string;
  /**
   * the domain's tests that notice it, below the domain's compiled files, where no history says the words that it is
   * about, or another rule forbids the same; left out: histories notice it
   */
  readonly tests?: readonly string[];
  /** why no history can tell the difference, where that was argued */
  readonly argued?: string;
}
