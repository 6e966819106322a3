/** What became of a mutant. */
export interface Attempted {
  /** histories that were played */
  readonly histories: number;
  /** seconds until the first disagreement, or until the last history */
  readonly seconds: number;
  /** what the first disagreement is called; left out where there was none */
  readonly found?: string;
}

/** What a process that plays against a mutant is told. */
export interface Trial {
  /** none: the rules as they are */
  readonly mutant: string | undefined;
  readonly seed: number;
  readonly histories: number;
}
