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
   * the domain's tests that notice it where no history made for its clause does, which are asked first; below the domain's
   * compiled files; left out: those that its file has in `rule-files.ts`, asked after such histories
   */
  readonly tests?: readonly string[];
}
