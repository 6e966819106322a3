import type { CommandRecord } from '../nouns/record.js';
import { wordsOf } from '../values/names.js';
import { WITHHELD } from './members.js';
import type { Viewer } from './learners.js';
import { type Seen, withheldFrom } from './sight.js';

/**
 * Whether a viewer may learn from one therapy what is another's (H2): quality of both, and auditors, who read both
 * anyway.
 * @param qualities MSP ids of those who decide in the one and in the other; undefined where there is no other therapy
 */
export function learnsNamesOfBoth(
  { roles, organisation }: Viewer,
  qualities: readonly (string | undefined)[],
): boolean {
  if (roles.includes('auditor')) return true;
  return roles.includes('quality') && qualities.every((each) => each === organisation);
}

/** The thing without these names: where one stood, {@link WITHHELD} stands. */
export function withoutNames<T extends object>(thing: T, names: ReadonlySet<string>): Seen<T> {
  if (names.size === 0) return thing;
  const members = new Map<string, unknown>(Object.entries(thing));
  const changed: string[] = [];
  for (const [member, value] of members) {
    const left = without(value, names);
    if (left === value) continue;
    members.set(member, left);
    changed.push(member);
  }
  return withheldFrom(thing, members, changed);
}

/**
 * Of which commands the signed text may name what is another therapy's: those that were refused, had no effect, or of
 * which something deviated. What went as agreed names nothing foreign.
 */
export function mayNameAnother({
  decision,
  effect,
  deviations,
}: Pick<CommandRecord, 'decision' | 'effect' | 'deviations'>): boolean {
  return decision === 'refused' || effect === 'none' || deviations.length > 0;
}

function without(value: unknown, names: ReadonlySet<string>): unknown {
  if (typeof value === 'string') {
    return wordsOf(value).some((word) => names.has(word)) ? WITHHELD : value;
  }
  if (Array.isArray(value)) {
    const left = value.map((each: unknown) => without(each, names));
    return left.some((each, index) => each !== value[index]) ? left : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([name, each]) => [name, without(each, names)] as const,
  );
  const same = Object.values(value).every((each, index) => each === entries[index]?.[1]);
  return same ? value : Object.fromEntries(entries);
}
