import { type Figure, figure, figureWithGoal, percentile } from '../figures.js';
import { type AmongFacts, FACTS_PER_SECOND } from './decide.js';

/** State keys of the therapies on which doses are decided. */
export type Keys = 300 | 1000;
export const KEYS: readonly Keys[] = [300, 1000];

/** Within which a decision among facts is to be committed, seconds. */
const IN_TIME_S = 5;
/** Of all decisions among facts, percent. */
const GOAL_IN_TIME = 99;

/** For people: how many keys the therapy has. */
export function onKeys(what: string, keys: number): string {
  return `${what} on a therapy of ${keys} state keys`;
}

/** Median and 95th percentile of times with a goal for the latter, milliseconds. */
export function timeFigures(
  name: string,
  times: readonly number[],
  goal: number,
): readonly Figure[] {
  return [
    figure(`${name}, p50`, percentile(times, 0.5), 'ms'),
    figureWithGoal(`${name}, p95`, percentile(times, 0.95), 'ms', 'at most', goal),
  ];
}

/** How many decisions were in time while facts came into the therapy, and how long those that were committed took. */
export function amongFactsFigures(keys: number, { asked, times }: AmongFacts): readonly Figure[] {
  const name = onKeys(`dose decided among ${FACTS_PER_SECOND} facts a second`, keys);
  const within = `${name}, within ${IN_TIME_S} s`;
  const inTime = times.filter((time) => time <= IN_TIME_S * 1000).length;
  return [
    figure(`${name}, asked for`, asked, 'decisions'),
    figureWithGoal(within, (100 * inTime) / asked, '%', 'at least', GOAL_IN_TIME),
    ...(times.length === 0 ? [] : [0.5, 0.95, 0.99]).map((part) =>
      figure(`${name}, p${part * 100}`, percentile(times, part), 'ms'),
    ),
  ];
}
