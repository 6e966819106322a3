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

/** Conditions that spare work, or that types ask for: without them the same comes out. */
const SHORT_WAYS: readonly string[] = [
  'if (!step || verdicts.every(({ verdict }) =>',
  'if (of === undefined || !NEVER_BY_RISK',
  '}) ?? false);',
  'if (comparing.size === 0)',
  'if (controls.length === 0)',
  'if (its && check !== undefined)',
  'if (open.length === 0)',
  'if (resting.length === 0)',
  "if (link.kind === 'dataset' && plan.datasets.includes(link.id))",
  'if (!found || !first || found.authorised',
  "if (!report || of?.kind !== 'range'",
  // what makes data alone is asked for behind each step that needs it, too
  'const makes = (needed?.outputs.length ?? 0) + (needed?.datasets.length ?? 0) > 0;',
  "if (asked.some((link) => link.kind === 'item' && isOf(link)))",
  // an attempt without a report shares nothing with any
  'if (!sum)',
  'if (!part.report)',
  'return opened !== undefined && milliseconds(opened.time)',
  ".filter((check) => check.kind === 'range' && check.topUp === 'sum')",
  'sources.some((of, at) => sources.some((other, where) => where !== at',
  'if (!collected || !taken || record.earlierRecord === undefined)',
  "const codes = checks.flatMap((check) => check.kind === 'range' &&",
  'export function everyWordCounts() {',
  'return until !== undefined && milliseconds(until) >=',
  "case 'dataset':",
];

/** Survivors that tell of no missing test, by kind, and why. */
const ARGUED: readonly {
  readonly why: string;
  readonly holds: (survivor: Survivor) => boolean;
}[] = [
  {
    why: 'what is optional is asked for with ?. where types cannot tell that it is there',
    holds: ({ kind }) => kind === 'OptionalChaining',
  },
  {
    why: 'a text in a list of reasons or things, which no type lets in, is found by no code of a reason',
    holds: ({ kind, replacement }) =>
      kind === 'ArrayDeclaration' && replacement === '["Stryker was here"]',
  },
  {
    why: 'what has no name is looked for under none and found nowhere, so that asking whether there is a name is a short way',
    holds: ({ kind, code, replacement }) =>
      kind === 'ConditionalExpression' &&
      replacement === 'false' &&
      code.includes('=== undefined ?'),
  },
  {
    why: 'a condition that spares work, or that types ask for, changes nothing of what comes out',
    holds: ({ code }) => SHORT_WAYS.some((beginning) => code.startsWith(beginning)),
  },
];

/** Why a survivor tells of no missing test; undefined where nobody argued so. */
export function arguedOf(survivor: Survivor): string | undefined {
  return ARGUED.find(({ holds }) => holds(survivor))?.why;
}
