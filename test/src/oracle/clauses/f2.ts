import { aboutOf, MAKING } from '../account/about.js';
import type { Said } from '../account/said.js';
import { type Clause, EVERY_GATE } from './clause.js';

/** From here on a fact is late, and is a deviation of what it is about. */
const LATE_MS = 15 * 60_000;

/** A late fact opens a deviation of what it was about, with a reason or without. */
export const F2: Clause = {
  id: 'F2',
  gates: EVERY_GATE,
  forbids: (matter) =>
    MAKING.flatMap((type): readonly Said[] => matter.account.of(type))
      .filter(({ at, time }) => time - at > LATE_MS)
      .filter((said) => !matter.account.isSettled(said))
      .flatMap((said) => aboutOf(said).map((about) => ({ about, why: `${said.type} is late` })))
      .filter((trouble) => matter.reaches(trouble))
      .map(({ about, why }) => `${about}: ${why}`),
};
