import type { Fault } from './faults/index.js';
import type { Finding } from './finding.js';
import type { Diligence } from './diligence.js';
import { type History, historyOf } from './history.js';
import type { Spoken } from './spoken.js';

/** Plays a history and gives what it finds. */
export type Try = (history: History) => Promise<Finding | undefined>;

/** A history that finds the same with as few faults, and then as few commands, as can be left out one by one. */
export async function shrink(
  plan: readonly Spoken[],
  faults: readonly Fault[],
  diligence: Diligence,
  key: string,
  attempt: Try,
): Promise<{ readonly faults: readonly Fault[]; readonly history: History }> {
  const finds = async (history: History) => (await attempt(history))?.key === key;
  let left = faults;
  for (const fault of faults) {
    const fewer = left.filter((each) => each !== fault);
    if (fewer.length > 0 && (await finds(historyOf(plan, fewer, diligence)))) left = fewer;
  }
  let history = historyOf(plan, left, diligence);
  for (const size of [16, 4]) {
    for (let end = history.acts.length; end > 0; end -= size) {
      const { acts } = history;
      const fewer = [...acts.slice(0, Math.max(0, end - size)), ...acts.slice(end)];
      if (await finds({ ...history, acts: fewer })) history = { ...history, acts: fewer };
    }
  }
  return { faults: left, history };
}
