import type { JestRun } from './run-jest.js';

/** A group of suites that did not run, and why. */
export interface NotRun {
  readonly suites: string;
  readonly reasons: readonly string[];
}

/** What became of the suites. */
export interface Outcome {
  readonly ordinary: JestRun;
  /** the suites on a real Fabric network; undefined when they could not run, or were not wanted */
  readonly onFabric: (JestRun & { readonly version: string }) | undefined;
  /** whether the Fabric suites must run */
  readonly fabricRequired: boolean;
  readonly notRun: readonly NotRun[];
}

/** The lines that end `npm test`, and its exit code. */
export interface Report {
  readonly lines: readonly string[];
  readonly code: number;
}

/** Says what did not run and which suites failed; the last line says which half of them did. */
export function reportOf({ ordinary, onFabric, fabricRequired, notRun }: Outcome): Report {
  const halves = [
    { which: 'ordinary', run: ordinary },
    ...(onFabric === undefined ? [] : [{ which: 'on Fabric', run: onFabric }]),
  ];
  const failed = halves.filter(({ run }) => run.code !== 0);
  const withoutFabric = fabricRequired && onFabric === undefined;
  return {
    lines: [
      ...notRun.flatMap(({ suites, reasons }) => listed(`Did not run: ${suites}`, reasons)),
      ...failed.flatMap(({ which, run }) => listed(`Failed, ${which}:`, namesOf(run))),
      ...(withoutFabric ? [WITHOUT_FABRIC] : []),
      ...(failed.length > 0 ? [`Suites failed: ${failed.map(countOf).join(', ')}.`] : []),
      ...(failed.length > 0 || withoutFabric ? [] : [passed(onFabric)]),
    ],
    code: failed.length > 0 || withoutFabric ? 1 : 0,
  };
}

const WITHOUT_FABRIC =
  'VEINLEDGER_REQUIRE_FABRIC=1: the Fabric suites are required and could not run.';

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
