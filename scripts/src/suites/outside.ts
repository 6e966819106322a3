import { FOLDERS, type Preparation, requiredBy, without, WORKERS } from './group.js';
import { isInstalledProgram } from './installed-programs.js';
import { findOutsidePrograms, OUTSIDE_SUITES, type OutsideProgram } from './outside-programs.js';
import type { NotRun } from './report.js';

/**
 * Suites that run programs which others made. What can be fetched can be required; what a machine has or has not, a
 * server or an engine for containers, is required nowhere.
 */
export async function prepareOutside(patterns: readonly string[]): Promise<Preparation> {
  const wanted = Object.entries(OUTSIDE_SUITES).filter(
    ([suite]) => patterns.length === 0 || patterns.some((each) => matches(suite, each)),
  );
  const needed = new Set(wanted.flatMap(([, programs]) => programs));
  const { env, missing } = await findOutsidePrograms(needed, (line) => console.log(line));
  const ignored: string[] = [];
  const notRun: NotRun[] = [];
  for (const [suite, programs] of wanted) {
    const reasons = programs.flatMap((name) => missing[name] ?? []);
    if (reasons.length === 0) continue;
    ignored.push(`${FOLDERS.outside}/${suite}\\.test`);
    notRun.push({
      suites: `programs from outside (test/src/outside/${suite})`,
      reasons,
      ...(programs.some(isOfTheMachine) ? {} : requiredBy('VEINLEDGER_REQUIRE_OUTSIDE')),
    });
  }
  return {
    prepared: {
      title: 'outside programs',
      args: [...WORKERS, '--roots', FOLDERS.outside, ...without(ignored)],
      env,
    },
    notRun,
  };
}

function isOfTheMachine(name: OutsideProgram): boolean {
  return isInstalledProgram(name) && name !== 'browser';
}

function matches(suite: string, pattern: string): boolean {
  return new RegExp(pattern).test(`${FOLDERS.outside}/${suite}.test.js`);
}
