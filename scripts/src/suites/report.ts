import type { JestRun } from './run-jest.js';

/** A group of suites that did not run, and why. */
export interface NotRun {
  readonly suites: string;
  readonly reasons: readonly string[];
  /** what requires them, `VEINLEDGER_REQUIRE_FABRIC=1`: the run fails without them */
  readonly requiredBy?: string;
}

/** What became of the suites. */
export interface Outcome {
  readonly ordinary: JestRun;
  /** the suites on a real Fabric network; undefined when they could not run, or were not wanted */
  readonly onFabric: (JestRun & { readonly version: string }) | undefined;
  readonly notRun: readonly NotRun[];
}

/** The lines that end `npm test`, and its exit code. */
export interface Report {
  readonly lines: readonly string[];
  readonly code: number;
}

/** Says what did not run and which suites failed; the last line says which half of them did. */
export function reportOf({ ordinary, onFabric, notRun }: Outcome): Report {
  const halves = [
    { which: 'ordinary', run: ordinary },
    ...(onFabric === undefined ? [] : [{ which: 'on Fabric', run: onFabric }]),
  ];
  const failed = halves.filter(({ run }) => run.code !== 0);
  const lacking = notRun.flatMap(({ suites, requiredBy }) =>
    requiredBy === undefined ? [] : [`${requiredBy}: required and could not run: ${suites}`],
  );
  return {
    lines: [
      ...notRun.flatMap(({ suites, reasons }) => listed(`Did not run: ${suites}`, reasons)),
      ...failed.flatMap(({ which, run }) => listed(`Failed, ${which}:`, namesOf(run))),
      ...lacking,
      ...(failed.length > 0 ? [`Suites failed: ${failed.map(countOf).join(', ')}.`] : []),
      ...(failed.length > 0 || lacking.length > 0 ? [] : [passed(onFabric)]),
    ],
    code: failed.length > 0 || lacking.length > 0 ? 1 : 0,
  };
}

function listed(title: string, items: readonly string[]): string[] {
  return [title, ...items.map((item) => `  - ${item}`)];
}

function namesOf({ code, failed }: JestRun): readonly string[] {
  return failed.length > 0 ? failed : [`jest ended with code ${code} and named no suite`];
}

function countOf({ which, run }: { readonly which: string; readonly run: JestRun }): string {
  return run.failed.length > 0 ? `${run.failed.length} ${which}` : which;
}

function passed(onFabric: Outcome['onFabric']): string {
  const fabric = onFabric === undefined ? '' : ` and Fabric ${onFabric.version}`;
  return `Every suite that ran passed, on the embedded ledger${fabric}.`;
}
