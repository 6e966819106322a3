import type { JestRun } from './run-jest.js';

/** Suites that did not run, and why. */
export interface NotRun {
  readonly suites: string;
  readonly reasons: readonly string[];
  /** what requires them, `VEINLEDGER_REQUIRE_FABRIC=1`: the run fails without them */
  readonly requiredBy?: string;
}

/** A group of suites that ran. */
export interface GroupRun {
  /** `Fabric 3.0.0` */
  readonly title: string;
  readonly run: JestRun;
}

/** What became of the suites. */
export interface SuitesResult {
  readonly groups: readonly GroupRun[];
  readonly notRun: readonly NotRun[];
}

/** The lines that end `npm test`, and its exit code. */
export interface Report {
  readonly lines: readonly string[];
  readonly code: number;
}

/** So many of the slowest suites are named. */
const SLOWEST = 10;

/**
 * Says how long each group took, which suites are the slowest, what did not run and what failed; the last line says
 * which groups failed, or that all passed.
 */
export function reportOf({ groups, notRun }: SuitesResult): Report {
  const failed = groups.filter(({ run }) => run.code !== 0);
  const lacking = notRun.flatMap(({ suites, requiredBy }) =>
    requiredBy === undefined ? [] : [`${requiredBy}: required and could not run: ${suites}`],
  );
  return {
    lines: [
      ...listed('Slowest suites:', slowestOf(groups)),
      `Minutes: ${groups.map(minutesOf).join(', ')}`,
      ...notRun.flatMap(({ suites, reasons }) => listed(`Did not run: ${suites}`, reasons)),
      ...failed.flatMap(({ title, run }) => listed(`Failed, ${title}:`, namesOf(run))),
      ...lacking,
      ...(failed.length > 0 ? [`Suites failed: ${failed.map(countOf).join(', ')}.`] : []),
      ...(failed.length > 0 || lacking.length > 0 ? [] : [passed(groups)]),
    ],
    code: failed.length > 0 || lacking.length > 0 ? 1 : 0,
  };
}

function slowestOf(groups: readonly GroupRun[]): string[] {
  return groups
    .flatMap(({ run }) => run.ran)
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, SLOWEST)
    .map(({ path, seconds }) => `${seconds.toFixed(1)} s ${path}`);
}

function minutesOf({ title, run }: GroupRun): string {
  return `${title} ${(run.seconds / 60).toFixed(1)} (${run.ran.length} suites)`;
}

function listed(title: string, items: readonly string[]): string[] {
  return [title, ...items.map((item) => `  - ${item}`)];
}

function namesOf({ code, failed }: JestRun): readonly string[] {
  return failed.length > 0 ? failed : [`jest ended with code ${code} and named no suite`];
}

function countOf({ title, run }: GroupRun): string {
  return run.failed.length > 0 ? `${run.failed.length} ${title}` : title;
}

function passed(groups: readonly GroupRun[]): string {
  return `Every suite that ran passed: ${groups.map(({ title }) => title).join(', ')}.`;
}
