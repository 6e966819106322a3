/** A change of the rules' code that the domain's own tests let live, as Stryker tells of it. */
export interface Survivor {
  /** below the domain's compiled files */
  readonly file: string;
  readonly line: number;
  /** what stands there, to the end of the mutant's last line */
  readonly code: string;
  /** Stryker's name for its kind, such as `ConditionalExpression` */
  readonly kind: string;
  readonly replacement: string;
}

/** Survivors that tell of no missing test, by kind, and why. */
const ARGUED: readonly {
  readonly why: string;
  readonly holds: (survivor: Survivor) => boolean;
}[] = [
  {
    why: 'what is optional is asked for with ?. where types cannot tell that it is there',
    holds: ({ kind }) => kind === 'OptionalChaining',
  },
];

/** Why a survivor tells of no missing test; undefined where nobody argued so. */
export function arguedOf(survivor: Survivor): string | undefined {
  return ARGUED.find(({ holds }) => holds(survivor))?.why;
}
