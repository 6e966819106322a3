/** What became of a mutant, or of the rules as they are. */
export interface Attempted {
  /** histories that were played, or tests that were asked */
  readonly tried: number;
  /** what the first disagreement, or the first test that failed, is called; left out where there was none */
  readonly found?: Noticed;
}

export interface Noticed {
  readonly says: string;
  /** the number of the history that shows it; left out where a test does */
  readonly history?: number;
}

/** What a process that plays against a mutant is told. */
export interface Trial {
  /** none: the rules as they are */
  readonly mutant: string | undefined;
  readonly seed: number;
  /** the histories, in the order in which they are played */
  readonly numbers: readonly number[];
}
