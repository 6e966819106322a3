import { aboutOf, MAKING } from '../account/about.js';
import type { Said } from '../account/said.js';
import { troublesIn } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';

/** From here on a fact is late, and is a deviation of what it is about. */
const LATE_MS = 15 * 60_000;

/** A late fact without a reason is a deviation of what it was about; with one it counts by when it happened. */
export const F2: Clause = {
  id: 'F2',
  gates: EVERY_GATE,
  forbids: (matter) =>
    MAKING.flatMap((type): readonly Said[] => matter.account.ever(type))
      .filter(({ at, time, lateReason }) => time - at > LATE_MS && lateReason === undefined)
      .flatMap((said) => troublesIn(matter, said, aboutOf(said), `${said.type} is late`))
      .filter((trouble) => matter.reaches(trouble))
      .map(({ about, why }) => `${about}: ${why}`),
};
