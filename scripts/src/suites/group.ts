import { availableParallelism } from 'node:os';
import type { NotRun } from './report.js';

/** The groups of suites, by what they need beside Node. */
export const GROUPS = ['ordinary', 'browser', 'outside', 'fabric'] as const;

export type GroupName = (typeof GROUPS)[number];

/** How the suites of a group that can run here are run. */
export interface Prepared {
  /** what a reader calls it: `Fabric 3.0.0` */
  readonly title: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A group made ready: undefined suites cannot run here. */
export interface Preparation {
  readonly prepared: Prepared | undefined;
  readonly notRun: readonly NotRun[];
}

/** Many suites wait for processes and disks, so two run at a time on the smallest machine. */
export const WORKERS = ['--maxWorkers', String(Math.max(2, availableParallelism() - 1))];

/** The folders of the groups that are not ordinary. */
export const FOLDERS = {
  browser: 'test/dist/browser',
  outside: 'test/dist/outside',
  fabric: 'test/dist/fabric',
} as const;

/** A group of suites is required where the variable says 1. */
export function requiredBy(variable: string): Pick<NotRun, 'requiredBy'> {
  return process.env[variable] === '1' ? { requiredBy: `${variable}=1` } : {};
}

/** Jest's arguments that leave suites out. */
export function without(patterns: readonly string[]): string[] {
  return patterns.flatMap((each) => ['--testPathIgnorePatterns', each]);
}
