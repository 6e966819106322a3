import { median } from '../bench/fabric/summary.js';
import type { Fault } from './fault.js';
import type { Happening } from './make-fault.js';
import { type Decisions, type Tally, tallyOf } from './tally.js';

/** What a fault did, over all the times that it happened. */
export interface FaultResult extends Tally {
  readonly fault: Fault;
  readonly handedIn: number;
  /** until a command that was handed in afterwards was committed: the median of the times, seconds */
  readonly nextCommitSeconds: number;
  /** the longest that a command took to be acknowledged, seconds */
  readonly longestSeconds: number;
  /** attempts that failed, by kind */
  readonly failures: ReadonlyMap<string, number>;
}

/** @throws Error when nothing handed in after the fault was ever acknowledged */
export function resultOf(
  fault: Fault,
  happenings: readonly Happening[],
  decisions: Decisions,
): FaultResult {
  const sent = happenings.flatMap((each) => each.sent);
  const failures = new Map<string, number>();
  for (const kind of sent.flatMap((each) => each.failures)) {
    failures.set(kind, (failures.get(kind) ?? 0) + 1);
  }
  const delays = sent.flatMap(({ at, acknowledged }) =>
    acknowledged ? [(acknowledged.at - at) / 1000] : [],
  );
  return {
    ...tallyOf(sent, decisions),
    fault,
    handedIn: sent.length,
    nextCommitSeconds: median(happenings.map(nextCommit)),
    longestSeconds: Math.max(...delays),
    failures,
  };
}

function nextCommit({ sent, struckAt }: Happening): number {
  const commits = sent.flatMap(({ at, acknowledged }) =>
    acknowledged && at > struckAt ? [acknowledged.at] : [],
  );
  if (commits.length === 0) throw new Error('no command was acknowledged after the fault');
  return (Math.min(...commits) - struckAt) / 1000;
}
