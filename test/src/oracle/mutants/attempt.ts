/** What became of a mutant. */
export interface Attempted {
  /** histories that were played, or tests that were asked */
  readonly tried: number;
  /** seconds until the first disagreement, or until the last history or test */
  readonly seconds: number;
  /** what the first disagreement, or the first test that failed, is called; left out where there was none */
  readonly found?: string;
}

/** What a process that plays against a mutant is told. */
export interface Trial {
  /** none: the rules as they are */
  readonly mutant: string | undefined;
  readonly seed: number;
  readonly histories: number;
}
