import { knownAs } from '../nouns/signed.js';
import { reportsOf } from '../nouns/step.js';
import type { Ancestry } from './ancestry.js';
import type { WholeTherapy } from './whole-therapy.js';

/**
 * Every person who collected, made, split, designed, tested, handed on, measured, lost, found, disposed of or recorded
 * anything of what an ancestry holds (E3).
 */
export function makersOf(
  { readings }: Pick<WholeTherapy, 'readings'>,
  ancestry: Ancestry,
): ReadonlySet<string> {
  const { items, attempts, designs, batches, lots } = ancestry;
  const held = new Set(items.map(({ id }) => id));
  const signed = [
    ...attempts.flatMap((attempt) => [attempt.permission, ...reportsOf(attempt)]),
    ...items.flatMap(({ signatures }) => signatures),
    ...readings.filter(({ item }) => held.has(item)).map(({ recorded }) => recorded),
    ...designs.map(({ submitted }) => submitted),
    ...batches.map(({ recorded }) => recorded),
    ...lots.map(({ registered }) => registered),
  ];
  const collected = items.flatMap(({ collected: taken }) =>
    taken ? [taken.by, ...(taken.confirmedBy === undefined ? [] : [taken.confirmedBy])] : [],
  );
  return new Set([...signed.flatMap((each) => (each ? knownAs(each) : [])), ...collected]);
}
