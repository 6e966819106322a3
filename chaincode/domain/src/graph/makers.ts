import { personOf } from '../nouns/signed.js';
import type { Ancestry } from './ancestry.js';

/**
 * Every person who collected, made, split, designed, tested or recorded anything of what an ancestry holds (E3). Whoever
 * only passed a thing on is none of them.
 */
export function makersOf(ancestry: Ancestry): ReadonlySet<string> {
  const { items, attempts, designs, batches, lots } = ancestry;
  const signed = [
    ...attempts.flatMap(({ permission, report, repeated = [] }) => [
      permission,
      report,
      ...repeated,
    ]),
    ...items.map(({ signatures }) => signatures[0]),
    ...designs.map(({ submitted }) => submitted),
    ...batches.map(({ recorded }) => recorded),
    ...lots.map(({ registered }) => registered),
  ];
  const collected = items.flatMap(({ collected: taken }) =>
    taken ? [taken.by, ...(taken.confirmedBy === undefined ? [] : [taken.confirmedBy])] : [],
  );
  return new Set([...signed.filter((each) => each !== undefined).map(personOf), ...collected]);
}
