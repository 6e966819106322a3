import { aboutOf, MAKING } from '../account/about.js';
import { isLate, type Said } from '../account/said.js';
import { troublesIn } from '../matter.js';
import { type Clause, EVERY_GATE } from './clause.js';

/** A late fact without a reason is a deviation of what it was about; with one it counts by when it happened. */
export const F2: Clause = {
  id: 'F2',
  gates: EVERY_GATE,
  forbids: (matter) =>
    [...MAKING, 'quality:ShortenExpiry' as const]
      .flatMap((type): readonly Said[] => matter.account.ever(type))
      .filter((said) => isLate(said) && said.lateReason === undefined)
      .flatMap((said) => troublesIn(matter, said, aboutOf(said), `${said.type} is late`))
      .filter((trouble) => matter.reaches(trouble))
      .map(({ about, why }) => `${about}: ${why}`),
};
